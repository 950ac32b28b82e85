import type { Deps } from '#server/deps.ts';
import { countAppliedMigrations } from '#server/repos/operations/readiness.ts';
import { findWorkerSilence } from '#server/repos/operations/worker-heartbeats.ts';
import { Router } from 'express';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const JOURNAL = new URL('../../drizzle/migrations/meta/_journal.json', import.meta.url);
const journal = z.object({ entries: z.array(z.unknown()) });

/** A worker beats every ten seconds while it polls the queue; three beats missed are a queue that nobody serves. */
const WORKER_SILENT_S = 30;

/**
 * `/healthz`: this process answers. `/readyz`: the database is reachable and migrated, the queue is served wherever a worker has not stopped in good
 * order, and we are not shutting down; else 503 and why.
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
    const waitingFor = isDraining() ? 'draining' : await waitingForHouse(deps, migrations);
    response.status(waitingFor ? 503 : 200).json(waitingFor ? { status: 'not_ready', waitingFor } : { status: 'ready' });
  });
  return routes;
}

async function waitingForHouse(deps: Pick<Deps, 'db' | 'log'>, migrations: number): Promise<'database' | 'migrations' | 'worker' | undefined> {
  try {
    if ((await countAppliedMigrations(deps.db)) < migrations) return 'migrations';
    return ((await findWorkerSilence(deps.db)) ?? 0) > WORKER_SILENT_S ? 'worker' : undefined;
  } catch (error) {
    deps.log.warn('the database does not answer', { error });
    return 'database';
  }
}
