import { Client } from 'pg';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';
import { pgConfig } from './drivers.ts';
import { SESSION_SETTINGS } from './session-settings.ts';

const VERSION_MIN = 150_000;

interface Facts {
  readonly name: string;
  readonly version: number;
  readonly encoding: string;
  readonly isStandby: boolean;
  readonly isReadOnly: boolean;
  /** Schema of Segue's tables when it is not `public`, from a version that used the session's search_path. */
  readonly otherSchema: string | null;
}

const FACTS = `
  select current_database() as name, current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
    pg_is_in_recovery() as "isStandby", current_setting('transaction_read_only') = 'on' as "isReadOnly",
    (select min(n.nspname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relname = 'album_sources' and c.relkind = 'r'
      having not bool_or(n.nspname = 'public')) as "otherSchema"`;

/**
 * Connects once and throws a StartError when Segue could start with this database but not work: an encoding other than UTF8, a server that is too old
 * or read-only, or a pooler that drops the session's settings. Other errors are the driver's.
 */
export async function requireUsableDatabase(url: string): Promise<void> {
  const client = new Client(pgConfig(url, { role: 'migrations', name: 'segue check' }));
  client.on('error', () => {});
  await client.connect();
  try {
    const facts = await client.query<Facts>(FACTS);
    const [found] = facts.rows;
    const problem = found && problemOf(found);
    if (problem) throw new StartError(problem, { exitCode: EXIT_CONFIG });
    await requireSettings(client);
  } finally {
    await client.end();
  }
}

function problemOf({ name, version, encoding, isStandby, isReadOnly, otherSchema }: Facts): string | undefined {
  if (version < VERSION_MIN)
    return `The database server is PostgreSQL ${Math.floor(version / 10_000)}, and Segue needs 15 or newer. Upgrade the server, or set DATABASE_URL to another one.`;
  if (encoding !== 'UTF8')
    return `The database ${name} is encoded in ${encoding}, and Segue needs UTF8. Create another one (create database segue encoding 'UTF8' template template0;) and set DATABASE_URL to it.`;
  if (isStandby) return `The database server is a standby, which is read-only. Set DATABASE_URL to the primary server.`;
  if (isReadOnly)
    return `The database ${name} is read-only for this user (default_transaction_read_only). Make it writable: alter database "${name}" set default_transaction_read_only = off; and the same for the user.`;
  if (otherSchema !== null)
    return `Segue's tables in the database ${name} are in the schema ${otherSchema}, and Segue uses only the schema public. Move them and their sequences there (alter table … set schema public).`;
  return undefined;
}

async function requireSettings(client: Client): Promise<void> {
  const found = await client.query<{ name: string; value: string }>(
    'select name, current_setting(name) as value from unnest($1::text[]) as n(name)',
    [Object.keys(SESSION_SETTINGS)],
  );
  const expected: Readonly<Record<string, string>> = SESSION_SETTINGS;
  const other = found.rows.find(({ name, value }) => expected[name] !== value);
  if (!other) return;
  throw new StartError(
    `A session of the database has ${other.name} = ${other.value}, and Segue asked for ${expected[other.name]}. A connection pooler may drop the settings of a session: set DATABASE_URL to the server itself.`,
    { exitCode: EXIT_CONFIG },
  );
}
