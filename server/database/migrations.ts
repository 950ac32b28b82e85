import { AppError } from '#shared/errors.ts';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { runMigrations } from 'graphile-worker';
import { fileURLToPath } from 'node:url';
import { Client, Pool } from 'pg';
import { pgConfig } from './drivers.ts';

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../drizzle/migrations', import.meta.url));
/** An arbitrary lock id, the same in every process, so that two starting processes migrate in sequence. */
const MIGRATION_LOCK = 736_483;

const USE = { role: 'migrations', name: 'segue migrations' } as const;

export interface JournalEntry {
  readonly hash: string;
  readonly folderMillis: number;
}

/**
 * Migrates the database at `url` to the journal's last entry, and the queue's tables to their own version. Safe from several processes at once.
 * Throws `conflict` when the database has a migration that the journal lacks, or the journal is out of order: drizzle alone would skip silently.
 */
export async function migrateDatabase(url: string): Promise<void> {
  const journal = readMigrationFiles({ migrationsFolder: MIGRATIONS_FOLDER });
  requireOrder(journal);
  const client = new Client(pgConfig(url, USE));
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    // Suppress notices about extensions that already exist.
    await client.query('set client_min_messages = warning');
    const before = await appliedHashes(client);
    requirePrefix(journal, before);
    if (before.length < journal.length) await migrate(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER });
    requireEqual(journal, await appliedHashes(client));
    await migrateQueue(url);
  } finally {
    await client.end();
  }
}

/** Throws unless every `when` is later than the one before: drizzle silently skips an entry that is not. */
export function requireOrder(journal: readonly JournalEntry[]): void {
  for (const [index, entry] of journal.entries()) {
    const previous = journal[index - 1];
    if (previous && entry.folderMillis <= previous.folderMillis) {
      throw refusal(
        `Migration ${index} in drizzle/migrations/meta/_journal.json is not later than the one before it and would be skipped.`,
        'Set a later "when".',
      );
    }
  }
}

/** Throws when the database has a migration that this version does not have, or has in another form. */
export function requirePrefix(journal: readonly JournalEntry[], applied: readonly string[]): void {
  const mismatch = applied.findIndex((hash, index) => journal[index]?.hash !== hash);
  if (mismatch === -1) return;
  if (mismatch >= journal.length) {
    const counts = `it has ${applied.length} migrations and this version knows ${journal.length}`;
    throw refusal(`The database is newer than this version of Segue: ${counts}.`, 'Start the newer version.');
  }
  throw refusal(
    `Migration ${mismatch} was changed after it was applied to this database.`,
    'Restore the file and make the change in a new migration.',
  );
}

function requireEqual(journal: readonly JournalEntry[], applied: readonly string[]): void {
  requirePrefix(journal, applied);
  if (applied.length === journal.length) return;
  throw refusal(`Only ${applied.length} of ${journal.length} migrations were applied.`, 'Restart Segue. If that fails too, restore the last backup.');
}

function refusal(message: string, remedy: string): AppError {
  return new AppError('conflict', { message, remedy });
}

async function appliedHashes(client: Client): Promise<string[]> {
  const table = await client.query<{ found: boolean }>(`select to_regclass('drizzle.__drizzle_migrations') is not null as found`);
  if (!table.rows[0]?.found) return [];
  const rows = await client.query<{ hash: string }>('select hash from drizzle.__drizzle_migrations order by id');
  return rows.rows.map((row) => row.hash);
}

async function migrateQueue(url: string): Promise<void> {
  const pool = new Pool({ ...pgConfig(url, USE), max: 1 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await runMigrations({ pgPool: pool });
  } finally {
    await pool.end();
  }
}
