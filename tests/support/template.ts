import { migrateDatabase } from '#server/repos/migrations.ts';
import { Client } from 'pg';

/** Runs `work` as the cluster's superuser. */
export async function administer<T>(adminUrl: string, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).toString();
}

/** Our migrations and the queue's, which every test then clones in milliseconds. */
export async function buildTemplate(adminUrl: string, run: string): Promise<void> {
  await administer(adminUrl, (admin) => admin.query(`create database ${run}template`));
  await migrateDatabase(withDatabase(adminUrl, `${run}template`));
}

/** After the run, not after each test: a forced drop kills connections that are still closing. */
export async function dropRun(adminUrl: string, run: string): Promise<void> {
  await administer(adminUrl, async (admin) => {
    const found = await admin.query<{ datname: string }>('select datname from pg_database where starts_with(datname, $1)', [run]);
    for (const { datname } of found.rows) await admin.query(`drop database ${datname} with (force)`);
  });
}
