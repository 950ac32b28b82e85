import { startEmbeddedPostgres } from '#server/embedded/postgres.ts';
import { migrateDatabase } from '#server/database/migrations.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withAdmin, withDatabase } from '../support/template.ts';

/** A separate PostgreSQL, as durable as the product's, with a migrated database; deleted at the end of the scope. */
export async function openBenchDatabase(): Promise<{ url: string; createDatabase(): Promise<string>; [Symbol.asyncDispose]: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'segue-bench-'));
  const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres') });
  let count = 0;
  const another = async () => {
    const name = `bench_${(count += 1)}`;
    await withAdmin(server.url, (admin) => admin.query(`create database ${name}`));
    const url = withDatabase(server.url, name);
    await migrateDatabase(url);
    return url;
  };
  const url = await another();
  return {
    url,
    createDatabase: another,
    async [Symbol.asyncDispose]() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
