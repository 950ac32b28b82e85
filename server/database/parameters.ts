import { DatabaseUrlError } from './url-error.ts';
import { readTlsChoice } from './tls-choice.ts';
import type { TlsChoice } from './tls-choice.ts';

export interface ConnectionParameters {
  readonly tls: TlsChoice;
  /** Milliseconds; undefined when the address does not say. */
  readonly connectTimeoutMs: number | undefined;
  readonly keepAlive: { readonly isOn: boolean; readonly idleMs: number };
  /** Command-line options for the server's session, such as `-c work_mem=64MB`. */
  readonly serverOptions: string;
  /** Parameters that were understood but change nothing, with the reason. */
  readonly ignored: readonly { readonly name: string; readonly reason: string }[];
}

const KEEP_ALIVE_IDLE_S = 60;
const SECONDS_MAX = 3_600;

const OWN_NAMES = 'Segue names its own connections';
const OWN_POOLS = 'Segue sizes its own pools';
const OWN_LIMITS = 'Segue sets its own time limits';
const SYSTEM_DECIDES = 'the operating system decides it';

/** Parameters that other programs need and that change nothing here. */
const IGNORED: Readonly<Record<string, string>> = {
  application_name: OWN_NAMES,
  fallback_application_name: OWN_NAMES,
  connection_limit: OWN_POOLS,
  pool_timeout: OWN_POOLS,
  statement_cache_size: OWN_POOLS,
  statement_timeout: OWN_LIMITS,
  lock_timeout: OWN_LIMITS,
  idle_in_transaction_session_timeout: OWN_LIMITS,
  keepalives_interval: SYSTEM_DECIDES,
  keepalives_count: SYSTEM_DECIDES,
  tcp_user_timeout: SYSTEM_DECIDES,
  load_balance_hosts: 'there is one host',
  uselibpqcompat: 'sslmode always means what it means to libpq',
};

/** Parameters of which only these values are what Segue does anyway; for any other value, the remedy. */
const FIXED: Readonly<Record<string, { readonly values: readonly string[]; readonly remedy: string }>> = {
  client_encoding: { values: ['utf8', 'utf-8', 'auto'], remedy: 'Segue always uses UTF8; remove it' },
  schema: { values: ['public'], remedy: 'Segue uses the schema public; remove it' },
  currentSchema: { values: ['public'], remedy: 'Segue uses the schema public; remove it' },
  search_path: { values: ['public'], remedy: 'Segue uses the schema public; remove it' },
  pgbouncer: {
    values: ['false'],
    remedy: 'Segue needs whole sessions (locks, LISTEN); connect to the server itself, or to a pooler in session mode',
  },
  target_session_attrs: {
    values: ['any', 'read-write', 'primary', 'prefer-standby'],
    remedy: 'Segue needs a server that it can write to; remove it',
  },
  gssencmode: { values: ['disable', 'prefer'], remedy: 'Segue encrypts with TLS only; use sslmode' },
  sslcompression: { values: ['0'], remedy: 'TLS compression is unsafe; remove it' },
  sslsni: { values: ['1'], remedy: 'Segue always names the host in TLS; remove it' },
};

/**
 * Reads the parameters after the ? of the address. Throws DatabaseUrlError for a parameter or value that is not understood, with its name. Every
 * parameter is either read, or named in `ignored` with the reason.
 */
export function readParameters(given: ReadonlyMap<string, string>, { isSocket }: { isSocket: boolean }): ConnectionParameters {
  const parameters = new Map(given);
  const take = (name: string) => {
    const value = parameters.get(name);
    parameters.delete(name);
    return value;
  };
  const tls = readTlsChoice(take, isSocket);
  const connectTimeoutS = readSeconds('connect_timeout', take('connect_timeout'));
  const idleS = readSeconds('keepalives_idle', take('keepalives_idle'));
  const keepAlive = { isOn: readSwitch('keepalives', take('keepalives')), idleMs: (idleS || KEEP_ALIVE_IDLE_S) * 1_000 };
  const serverOptions = take('options') ?? '';
  requireNoBinding(take('channel_binding'), tls);
  const ignored = [...parameters].map(([name, value]) => ({ name, reason: reasonToIgnore(name, value) }));
  return { tls, connectTimeoutMs: connectTimeoutS ? connectTimeoutS * 1_000 : undefined, keepAlive, serverOptions, ignored };
}

function reasonToIgnore(name: string, value: string): string {
  const reason = Object.hasOwn(IGNORED, name) ? IGNORED[name] : undefined;
  if (reason !== undefined) return reason;
  const fixed = Object.hasOwn(FIXED, name) ? FIXED[name] : undefined;
  if (fixed === undefined) throw new DatabaseUrlError(`has the parameter ${name}, which Segue does not know: remove it`);
  if (fixed.values.includes(value.toLowerCase())) return 'it is what Segue does anyway';
  throw new DatabaseUrlError(`has the parameter ${name} with a value that Segue cannot use: ${fixed.remedy}`);
}

/** Neither driver can bind the channel. A verified server gives the same protection. */
function requireNoBinding(value: string | undefined, tls: TlsChoice): void {
  if (value === undefined || ['disable', 'prefer'].includes(value)) return;
  if (value === 'require' && tls.mode === 'verify-full') return;
  throw new DatabaseUrlError('has the parameter channel_binding=require, which Segue cannot ensure: write sslmode=verify-full in its place');
}

function readSeconds(name: string, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,4}$/.test(text) && Number(text) <= SECONDS_MAX) return Number(text);
  throw new DatabaseUrlError(`has the parameter ${name} with a value that is not a number of seconds from 0 to ${SECONDS_MAX}: correct it`);
}

function readSwitch(name: string, text: string | undefined): boolean {
  if (text === undefined || text === '1') return true;
  if (text === '0') return false;
  throw new DatabaseUrlError(`has the parameter ${name} with a value other than 0 and 1: use one of them`);
}
