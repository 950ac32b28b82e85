import type { Log } from '#server/deps.ts';
import { parseDatabaseUrl } from './address.ts';
import { migrateDatabase } from './migrations.ts';
import { resolvePreferredTls } from './preferred-tls.ts';
import { explainStartFailure } from './start-failure.ts';
import { requireUsableDatabase } from './usable-database.ts';

/** Checks the database of an address and migrates it. Returns the address to use. Throws StartError with the reason and a remedy. */
export async function prepareDatabase(url: string, log: Pick<Log, 'info'>): Promise<string> {
  return explained(url, async () => {
    for (const { name, reason } of parseDatabaseUrl(url).ignored) log.info(`DATABASE_URL: ${name} changes nothing: ${reason}`);
    const resolved = await checkDatabase(url);
    await migrateDatabase(resolved);
    return resolved;
  });
}

/** Checks the database of an address without changing it. Returns the address to use. Throws StartError with the reason and a remedy. */
export async function checkDatabase(url: string): Promise<string> {
  return explained(url, async () => {
    const resolved = await resolvePreferredTls(url);
    await requireUsableDatabase(resolved);
    return resolved;
  });
}

async function explained<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainStartFailure(error, url) ?? error;
  }
}
