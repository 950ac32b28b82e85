import type { Deps } from '#server/deps.ts';
import { countAppliedMigrations } from '#server/repos/readiness.ts';
import { Router } from 'express';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const JOURNAL = new URL('../../drizzle/migrations/meta/_journal.json', import.meta.url);
const journal = z.object({ entries: z.array(z.unknown()) });

/** `/healthz`: this process answers. `/readyz`: the database is reachable and migrated, and we are not shutting down; else 503 and why. */
export function healthRoutes(deps: Pick<Deps, 'db' | 'log'>, isDraining: () => boolean): Router {
  const migrations = journal.parse(JSON.parse(readFileSync(JOURNAL, 'utf8'))).entries.length;
  const routes = Router();
  routes.use(['/healthz', '/readyz'], (_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  routes.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  routes.get('/readyz', async (_request, response) => {
    const waitingFor = isDraining() ? 'draining' : await waitingForDatabase(deps, migrations);
    response.status(waitingFor ? 503 : 200).json(waitingFor ? { status: 'not_ready', waitingFor } : { status: 'ready' });
  });
  return routes;
}

async function waitingForDatabase(deps: Pick<Deps, 'db' | 'log'>, migrations: number): Promise<'database' | 'migrations' | undefined> {
  try {
    return (await countAppliedMigrations(deps.db)) < migrations ? 'migrations' : undefined;
  } catch (error) {
    deps.log.warn('the database does not answer', { error });
    return 'database';
  }
}
