import { userInfo } from 'node:os';
import { DatabaseUrlError } from './url-error.ts';
import { readParameters } from './parameters.ts';
import type { ConnectionParameters } from './parameters.ts';

/** Everything that DATABASE_URL says, read once, so that both drivers get the same. */
export interface DatabaseAddress extends ConnectionParameters {
  /** A host name, an IP address without brackets, or the folder of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | undefined;
  readonly database: string;
}

const FORMAT = 'is not a PostgreSQL address: write it like postgres://user:password@host:5432/segue';
const DEFAULT_PORT = 5432;
/** How to write the characters that end a part of a URL. */
const ENCODED: Readonly<Record<string, string>> = { '#': '%23', '/': '%2F', '?': '%3F', '%': '%25' };
const ENCODE_HINT = 'if the user name or password contains #, / or ?, write it as %23, %2F or %3F, and in a .env file put the whole value in quotes';

/**
 * Reads a `postgres://` address as libpq does. Throws DatabaseUrlError for anything that it does not understand: an odd character that is not encoded,
 * an unknown parameter, more than one host. Reads no file and no environment variable.
 */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  const [, rest] = /^postgres(?:ql)?:\/\/(\S+)$/i.exec(text) ?? [];
  if (rest === undefined) throw new DatabaseUrlError(FORMAT);
  const { credentials, location, query } = split(rest);
  const [, bracketed, plain = '', port = '', path = ''] = /^(?:\[([^\]]+)\]|([^:/[\]]*))(?::([^/]*))?(?:\/(.*))?$/.exec(location) ?? failed();
  const parameters = readQuery(query);
  const take = (name: string) => {
    const value = parameters.get(name);
    parameters.delete(name);
    return value || undefined;
  };
  const separator = credentials.indexOf(':');
  const user = separator === -1 ? credentials : credentials.slice(0, separator);
  const password = separator === -1 ? '' : credentials.slice(separator + 1);
  const address = {
    host: take('host') ?? ((bracketed ?? decode(plain, 'host')) || 'localhost'),
    port: readPort(take('port') ?? port),
    user: take('user') ?? (decode(user, 'user name') || systemUser()),
    password: take('password') ?? (decode(password, 'password') || undefined),
  };
  if (address.host.includes(',')) throw new DatabaseUrlError('names several hosts: name one');
  const database = take('dbname') ?? (decode(path, 'database name') || address.user);
  return { ...address, database, ...readParameters(parameters, { isSocket: address.host.startsWith('/') }) };
}

/** What is wrong with a value of DATABASE_URL, as the part of a sentence after its name; undefined when nothing is. */
export function databaseUrlProblem(text: string): string | undefined {
  try {
    parseDatabaseUrl(text);
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseUrlError) return error.message;
    throw error;
  }
}

function failed(): never {
  throw new DatabaseUrlError(`${FORMAT}; ${ENCODE_HINT}`);
}

/** The user name and password end at the last @ before the parameters; an @ inside a password needs no encoding. */
function split(rest: string): { credentials: string; location: string; query: string } {
  const queryAt = rest.indexOf('?');
  const head = queryAt === -1 ? rest : rest.slice(0, queryAt);
  const at = head.lastIndexOf('@');
  if (at === -1 && rest.includes('@'))
    throw new DatabaseUrlError(`has ? in the user name or password: write ? as ${ENCODED['?']} (and @ in a parameter as %40)`);
  const credentials = head.slice(0, Math.max(at, 0));
  const odd = /[#/]/.exec(credentials)?.[0];
  if (odd !== undefined) throw new DatabaseUrlError(`has ${odd} in the user name or password: write ${odd} as ${ENCODED[odd]}`);
  if (rest.includes('#')) throw new DatabaseUrlError(`has # outside the user name and password: remove it; ${ENCODE_HINT}`);
  return { credentials, location: head.slice(at + 1), query: queryAt === -1 ? '' : rest.slice(queryAt + 1) };
}

function readQuery(query: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [name = '', ...value] = pair.split('=');
    if (parameters.has(name)) throw new DatabaseUrlError(`has the parameter ${name} twice: keep one`);
    parameters.set(decode(name, 'parameter name'), decode(value.join('='), `parameter ${name}`));
  }
  return parameters;
}

function readPort(text: string): number {
  if (text === '') return DEFAULT_PORT;
  if (/^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65_536) return Number(text);
  throw new DatabaseUrlError(`has a port that is not a number from 1 to 65535: write it like host:5432; ${ENCODE_HINT}`);
}

function decode(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new DatabaseUrlError(`has % in the ${part} where no hexadecimal digits of UTF-8 text follow: write % as ${ENCODED['%']}`);
  }
}

/** As in libpq, the default user is the one that runs this process. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    throw new DatabaseUrlError('has no user name, and this process has none either: write it like postgres://user:password@host:5432/segue');
  }
}
