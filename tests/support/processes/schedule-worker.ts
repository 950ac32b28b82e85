import { defineTask } from '#jobs/define-task.ts';
import { runWorker } from '#jobs/run-worker.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { randomUUID } from 'node:crypto';
import { openInstance } from './instance.ts';

/** Each execution of a scheduled run writes one audit entry with this action. */
export const RUN_EFFECT = 'fault.twenty-three';
/** A run every half hour; the queue's own scheduler catches up one day of them when a worker starts. */
const CRONTAB = '*/30 * * * * watch-network ?fill=1d\n';

/** Starts a worker whose only task writes an audit entry for each of its runs. */
export function runScheduleWorker(deps: Deps, databaseUrl: string, onFatal: (error: Error) => void) {
  const task = defineTask(deps, 'watch-network', {
    timeoutMs: 60_000,
    run: () => insertAuditEntry(deps.db, { id: randomUUID(), at: new Date(), actor: 'test', action: RUN_EFFECT, subject: 'tick', detail: null }),
  });
  return runWorker(deps, { tasks: { 'watch-network': task }, crontab: CRONTAB, databaseUrl, isOnlyProcess: false, onFatal });
}

// Run as a process, it works until SIGTERM.
const databaseUrl = process.env['TICK_WORKER_DATABASE'];
if (databaseUrl !== undefined) {
  const sandbox = Object.entries(process.env).filter((pair): pair is [string, string] => /_(URL|SECRET)$/.test(pair[0]) && pair[1] !== undefined);
  const deps = openInstance(databaseUrl, Object.fromEntries(sandbox));
  const worker = await runScheduleWorker(deps, databaseUrl, (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  });
  process.on('SIGTERM', () => void worker.stop().then(() => deps.close()));
  process.stdout.write('The worker is running.\n');
}
