import { migrateDatabase } from '#server/database/migrations.ts';
import { Client } from 'pg';

/** Runs `work` with a connection of the cluster's superuser. */
export async function withAdmin<T>(adminUrl: string, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** The address of another database on the same server. */
export function withDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).toString();
}

/** Creates the template database with the product's and the queue's migrations; tests clone it in milliseconds. */
export async function buildTemplate(adminUrl: string, run: string): Promise<void> {
  await withAdmin(adminUrl, (admin) => admin.query(`create database ${run}template`));
  await migrateDatabase(withDatabase(adminUrl, `${run}template`));
}

/** Drops all databases of a run. After the run, not after each test: a forced drop kills connections that are still closing. */
export async function dropRun(adminUrl: string, run: string): Promise<void> {
  await withAdmin(adminUrl, async (admin) => {
    const databases = await admin.query<{ datname: string }>('select datname from pg_database where starts_with(datname, $1)', [run]);
    for (const { datname } of databases.rows) await admin.query(`drop database ${datname} with (force)`);
  });
}
