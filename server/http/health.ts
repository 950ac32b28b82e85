import type { Deps } from '#server/deps.ts';
import { countAppliedMigrations } from '#server/repos/operations/readiness.ts';
import { findWorkerSilence } from '#server/repos/operations/worker-heartbeats.ts';
import { Router } from 'express';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const JOURNAL = new URL('../../drizzle/migrations/meta/_journal.json', import.meta.url);
const journal = z.object({ entries: z.array(z.unknown()) });

/** A polling worker sends a heartbeat every 10 s. After three missed heartbeats no worker is serving the queue. */
const WORKER_SILENT_S = 30;

/**
 * `/healthz`: this process responds. `/readyz`: the database is reachable and migrated, no worker has stopped without a clean shutdown, and this
 * process is not shutting down. Otherwise 503 with the reason.
 */
export function healthRoutes(deps: Pick<Deps, 'db' | 'log'>, isDraining: () => boolean): Router {
  const migrations = journal.parse(JSON.parse(readFileSync(JOURNAL, 'utf8'))).entries.length;
  const routes = Router();
  routes.use(['/healthz', '/readyz'], (_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  routes.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  routes.get('/readyz', async (_request, response) => {
    const waitingFor = isDraining() ? 'draining' : await findBlocker(deps, migrations);
    response.status(waitingFor ? 503 : 200).json(waitingFor ? { status: 'not_ready', waitingFor } : { status: 'ready' });
  });
  return routes;
}

async function findBlocker(deps: Pick<Deps, 'db' | 'log'>, migrations: number): Promise<'database' | 'migrations' | 'worker' | undefined> {
  try {
    if ((await countAppliedMigrations(deps.db)) < migrations) return 'migrations';
    return ((await findWorkerSilence(deps.db)) ?? 0) > WORKER_SILENT_S ? 'worker' : undefined;
  } catch (error) {
    deps.log.warn('the database is not reachable', { error });
    return 'database';
  }
}
