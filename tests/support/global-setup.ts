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

const FOLDER = 'segue-tests-';

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
  removeAbandoned(memory);
  const folder = fs.mkdtempSync(path.join(memory, `${FOLDER}${process.pid}-`));
  // The cluster's operating-system user must be able to enter it.
  fs.chmodSync(folder, 0o755);
  closing.defer(() => fs.rmSync(folder, { recursive: true, force: true }));
  const cluster = await startEmbeddedPostgres({ dataFolder: path.join(folder, 'data'), durable: false, settings: { max_connections: 300 } });
  closing.defer(() => cluster.stop());
  return cluster.url;
}

/** Removes the clusters of runs that were killed: they hold gigabytes of the machine's memory. */
function removeAbandoned(memory: string): void {
  for (const name of fs.readdirSync(memory).filter((one) => one.startsWith(FOLDER))) {
    const pid = Number(name.slice(FOLDER.length).split('-', 1)[0]);
    if (Number.isInteger(pid) && !isRunning(pid)) fs.rmSync(path.join(memory, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user answers EPERM.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
