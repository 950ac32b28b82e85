import { lockDataFolder } from '#server/embedded/data-folder-lock.ts';
import { startEmbeddedPostgres } from '#server/embedded/postgres.ts';
import type { Env } from '#server/env.ts';
import { migrateDatabase } from '#server/database/migrations.ts';
import { checkDatabase } from '#server/database/prepare-database.ts';
import type { ProcessLifecycle } from '#server/runtime/process-lifecycle.ts';
import path from 'node:path';

/**
 * Locks SEGUE_HOME when the database is the embedded one, and returns a function that starts it and gives its address. With DATABASE_URL it only
 * gives that. Throws a StartError when Segue runs in SEGUE_HOME.
 */
export function openCommandDatabase(env: Env, lifecycle: ProcessLifecycle): () => Promise<string> {
  const { DATABASE_URL: external } = env;
  if (external) return () => checkDatabase(external);
  lifecycle.defer(lockDataFolder(env.SEGUE_HOME));
  return async () => {
    const server = await startEmbeddedPostgres({ dataFolder: path.join(env.SEGUE_HOME, 'postgres') });
    lifecycle.defer(() => server.stop());
    await migrateDatabase(server.url);
    return server.url;
  };
}
