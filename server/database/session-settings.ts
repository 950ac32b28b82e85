/** Who uses a connection: pages that anybody may open, the operator's pages, jobs, or the migrations at start. */
export type DatabaseRole = 'public' | 'operator' | 'jobs' | 'migrations';

/** What every session has, whatever the defaults of the server, the database or the role are. Checked at start, since a pooler may drop them. */
export const SESSION_SETTINGS = {
  client_encoding: 'UTF8',
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  transform_null_equals: 'off',
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  search_path: 'public',
} as const;

interface Limits {
  /** The longest that one statement may run, in ms; 0 is no limit. */
  readonly statementMs: number;
  /** The longest that a statement waits for a lock. */
  readonly lockMs: number;
  /** The longest that a transaction may be open without a statement. */
  readonly idleInTransactionMs: number;
  /** The longest wait for a connection, free or new. */
  readonly connectMs: number;
}

/**
 * A page answers within five seconds also when a table is locked or the server does not answer: the wait for a connection and the wait for a lock
 * add up to less. Jobs may calculate for minutes. A migration that is cut off would have to start over, so it has no limit.
 */
const LIMITS: Readonly<Record<DatabaseRole, Limits>> = {
  public: { statementMs: 10_000, lockMs: 1_000, idleInTransactionMs: 10_000, connectMs: 3_000 },
  operator: { statementMs: 60_000, lockMs: 2_000, idleInTransactionMs: 30_000, connectMs: 2_000 },
  jobs: { statementMs: 1_800_000, lockMs: 300_000, idleInTransactionMs: 1_800_000, connectMs: 10_000 },
  migrations: { statementMs: 0, lockMs: 0, idleInTransactionMs: 0, connectMs: 10_000 },
};

/** How long to wait for a connection. The address's own `connect_timeout` applies where no page waits. */
export function connectLimitMs(role: DatabaseRole, givenMs: number | undefined): number {
  const isPage = role === 'public' || role === 'operator';
  return isPage ? LIMITS[role].connectMs : (givenMs ?? LIMITS[role].connectMs);
}

/** The session's settings and the role's limits as the server's command-line options, after those of the address, so that these win. */
export function serverOptionsFor(role: DatabaseRole, given: string): string {
  const { statementMs, lockMs, idleInTransactionMs } = LIMITS[role];
  const settings = {
    ...SESSION_SETTINGS,
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
  };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${String(value).replaceAll(' ', '\\ ')}`);
  return [...(given === '' ? [] : [given]), ...options].join(' ');
}
