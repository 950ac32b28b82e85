import type { Deps } from '#server/deps.ts';
import { appRouter } from '#server/routers/index.ts';
import type { RequestContext } from '#server/trpc.ts';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { BATCH_MAX } from '#server/http/trpc-protocol.ts';

/** The adapter needs a whole address. Procedures never see it. */
const ORIGIN = 'http://shared.invalid';

/** Runs the procedures of an address as nobody in particular. Returns the bytes of the answer; undefined unless every procedure succeeded. */
export async function answerAnonymously(deps: Deps, url: string): Promise<Buffer | undefined> {
  const response = await fetchRequestHandler({
    endpoint: '/trpc',
    req: new Request(`${ORIGIN}${url}`),
    router: appRouter,
    maxBatchSize: BATCH_MAX,
    createContext: (): RequestContext => ({ deps, actor: { kind: 'anonymous' } }),
  });
  const body = await response.arrayBuffer();
  return response.status === 200 ? Buffer.from(body) : undefined;
}
