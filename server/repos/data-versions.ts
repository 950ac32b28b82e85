import type { Pool } from 'pg';

/** A part of the data that public pages read. The parts are written at different times. */
export type DataSubject = 'catalog' | 'lists' | 'ledger' | 'replicas';
export type DataVersions = Readonly<Record<DataSubject, string>>;

/**
 * The version of each subject, advanced by the database itself in the transaction that writes (migrations 0012 and 0015). Data read after a version are never
 * older than it says, and a write that committed before the call has changed it. One prepared statement that reads no rows.
 */
export async function readDataVersions(pool: Pick<Pool, 'query'>): Promise<DataVersions> {
  const found = await pool.query<{ subject: DataSubject; version: string }>({
    name: 'data_versions',
    text: 'select subject, version from data_versions()',
  });
  const versions = new Map(found.rows.map((row) => [row.subject, row.version]));
  const versionOf = (subject: DataSubject): string => {
    const version = versions.get(subject);
    if (version === undefined) throw new Error(`The database has no version of the subject "${subject}".`);
    return version;
  };
  return { catalog: versionOf('catalog'), lists: versionOf('lists'), ledger: versionOf('ledger'), replicas: versionOf('replicas') };
}
