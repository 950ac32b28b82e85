import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';
import { parseDatabaseUrl } from './address.ts';
import type { DatabaseAddress } from './address.ts';
import { innermostErrors } from './innermost-errors.ts';
import { DatabaseUrlError } from './url-error.ts';

interface Explanation {
  /** Tests the SQLSTATE or system code, and the message where that is not enough. */
  readonly code: RegExp;
  readonly message?: RegExp;
  readonly what: (address: Address) => string;
  readonly remedy: (address: Address) => string;
}

type Address = DatabaseAddress & { readonly at: string };

const cannotConnect = ({ at }: Address) => `Cannot connect to the database at ${at}`;
const refusedUser = ({ user, at }: Address) => `The database at ${at} does not let ${user} in`;
const unreadable = ({ at }: Address) => `The certificate of the database server at ${at} cannot be verified`;

/** What an error at start means and what to do, the first match first. Codes: PostgreSQL's appendix A, Node's system errors and TLS errors. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    code: /^28000$/,
    message: /no encryption|SSL off/,
    what: refusedUser,
    remedy: () => 'If the server requires TLS, add ?sslmode=require to DATABASE_URL.',
  },
  {
    code: /^28000$/,
    message: /does not exist/,
    what: refusedUser,
    remedy: ({ user }) => `Correct the user name in DATABASE_URL, or create the role: create role "${user}" login password '…';`,
  },
  { code: /^28P01$/, what: refusedUser, remedy: () => 'Correct the password in DATABASE_URL.' },
  {
    code: /^$/,
    message: /client password must be/,
    what: refusedUser,
    remedy: () => 'DATABASE_URL has no password. Write it like postgres://user:password@host:5432/segue.',
  },
  { code: /^28\w{3}$/, what: refusedUser, remedy: () => 'Allow this user in pg_hba.conf of the server, or correct DATABASE_URL.' },
  {
    code: /^3D000$/,
    what: cannotConnect,
    remedy: ({ database, user }) => `Create the database: create database "${database}" owner "${user}" encoding 'UTF8' template template0;`,
  },
  {
    code: /^42501$/,
    what: ({ user, database }) => `The user ${user} may not create what Segue needs in the database ${database}`,
    remedy: ({ user, database }) => `Make the user its owner: alter database "${database}" owner to "${user}";`,
  },
  {
    code: /^25006$/,
    what: ({ database }) => `The database ${database} is read-only`,
    remedy: ({ database }) =>
      `Make it writable: alter database "${database}" set default_transaction_read_only = off; or set DATABASE_URL to the primary.`,
  },
  {
    code: /^(53100|ENOSPC|EDQUOT)$/,
    what: () => 'The disk of the database is full',
    remedy: () => 'Free some space there, then start Segue again.',
  },
  { code: /^53200$/, what: () => 'The database server is out of memory', remedy: () => 'Give it more, then start Segue again.' },
  {
    code: /^53\w{3}$/,
    what: ({ at }) => `The database at ${at} has no connection left`,
    remedy: () => 'Raise max_connections or end other sessions; one Segue process uses up to 50.',
  },
  {
    code: /^57P\d\d$/,
    what: ({ at }) => `The database at ${at} is starting or shutting down`,
    remedy: () => 'Start Segue again when it accepts connections.',
  },
  {
    code: /^(0A000|58P01|42704)$/,
    message: /extension/,
    what: () => 'The database server lacks an extension that Segue needs',
    remedy: () => 'Install the extensions btree_gist and pg_trgm on the server (the package postgresql-contrib).',
  },
  { code: /^58\w{3}$/, what: () => 'The database server cannot read or write its files', remedy: () => 'Check its disk and its log.' },
  {
    code: /^(42P07|42710)$/,
    what: ({ database }) => `The database ${database} already has other tables with names that Segue needs`,
    remedy: () => 'Set DATABASE_URL to an empty database.',
  },
  {
    code: /^08P01$/,
    message: /startup parameter/,
    what: ({ at }) => `The connection pooler at ${at} refuses the settings of a session`,
    remedy: () => 'Set DATABASE_URL to the server itself: Segue needs whole sessions.',
  },
  {
    code: /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+)$/,
    what: unreadable,
    remedy: () => 'Add sslrootcert=/path/to/ca.pem to DATABASE_URL, or use sslmode=require, which encrypts without verifying the server.',
  },
  {
    code: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    what: unreadable,
    remedy: () => 'Use the host name that the certificate has, or sslmode=verify-ca, which does not compare it.',
  },
  {
    code: /^$/,
    message: /does not support SSL/,
    what: ({ at }) => `The database server at ${at} does not offer TLS`,
    remedy: () => 'Turn on ssl in postgresql.conf of the server, or set sslmode=disable in DATABASE_URL.',
  },
  {
    code: /^(ERR_SSL|ERR_TLS|ERR_OSSL)_\w+$/,
    what: ({ at }) => `The TLS connection to the database server at ${at} failed`,
    remedy: () => 'Check sslmode, sslcert, sslkey and sslrootcert in DATABASE_URL.',
  },
  { code: /^(E[A-Z]+|08\w{3})$/, what: cannotConnect, remedy: () => 'Check DATABASE_URL and that the server is running.' },
  {
    code: /^$/,
    message: /^(Connection terminated|timeout expired)/,
    what: cannotConnect,
    remedy: () => 'Check DATABASE_URL and that the server is running.',
  },
  {
    code: /^[0-9A-Z]{5}$/,
    what: ({ at }) => `The database at ${at} refused a step of the start`,
    remedy: () => "The server's log has the statement. Correct the cause, then start Segue again.",
  },
];

/** The StartError for a failure of the database at start, with the innermost cause and a remedy. Undefined when the database is not the cause. */
export function explainStartFailure(error: unknown, url: string): StartError | undefined {
  if (error instanceof StartError) return error;
  if (error instanceof DatabaseUrlError) return new StartError(`DATABASE_URL ${error.message}.`, { exitCode: EXIT_CONFIG, cause: error });
  const parsed = parseDatabaseUrl(url);
  const host = parsed.host.includes(':') ? `[${parsed.host}]` : parsed.host;
  const address = { ...parsed, at: `${host}:${parsed.port}/${parsed.database}` };
  for (const { code, message } of innermostErrors(error)) {
    const found = EXPLANATIONS.find((one) => one.code.test(code) && (one.message === undefined || one.message.test(message)));
    if (found) return new StartError(`${found.what(address)} (${message || code}). ${found.remedy(address)}`, { cause: error });
  }
  return undefined;
}
