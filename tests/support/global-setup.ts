import { createCleanupStack } from '#server/runtime/cleanup-stack.ts';
import type { CleanupStack } from '#server/runtime/cleanup-stack.ts';
import { startEmbeddedPostgres } from '#server/embedded/postgres.ts';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { buildTemplate, dropRun } from './template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser address of the cluster in which test databases are cloned. */
    readonly adminDatabaseUrl: string;
    /** Prefix of the names of all databases of this run; the template is `<testRun>template`. */
    readonly testRun: string;
  }
}

/** One cluster per run: TEST_DATABASE_URL (must be a superuser), else an embedded one in memory with fsync off. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const closing = createCleanupStack();
  try {
    const adminUrl = process.env['TEST_DATABASE_URL'] ?? (await startCluster(closing));
    // Two runs may share one TEST_DATABASE_URL.
    const run = `segue_test_${process.pid}_`;
    closing.defer(() => dropRun(adminUrl, run));
    await buildTemplate(adminUrl, run);
    project.provide('adminDatabaseUrl', adminUrl);
    project.provide('testRun', run);
  } catch (error) {
    await closing.close();
    throw error;
  }
  return () => closing.close();
}

async function startCluster(closing: CleanupStack): Promise<string> {
  const memory = fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir();
  const folder = fs.mkdtempSync(path.join(memory, 'segue-tests-'));
  // The cluster's operating-system user must be able to enter it.
  fs.chmodSync(folder, 0o755);
  closing.defer(() => fs.rmSync(folder, { recursive: true, force: true }));
  const cluster = await startEmbeddedPostgres({ dataFolder: path.join(folder, 'data'), durable: false, settings: { max_connections: 300 } });
  closing.defer(() => cluster.stop());
  return cluster.url;
}
