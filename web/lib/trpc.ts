import { QueryClient } from '@tanstack/react-query';
import type { getFetch } from '@trpc/client';
import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { isPassing } from './problem.ts';
import type { AppRouter } from '#server/routers/index.ts';

const FRESH_FOR_MS = 30_000;
/** Two quiet tries cover a restart of the house; then the person is told. */
const QUIET_RETRIES = 2;
/** Below what the server takes in one batch. */
const BATCH_MAX = 8;
/** A question with more than this to say, a draft policy for instance, is put in a body: addresses are short. */
const ADDRESS_INPUT_MAX = 1_000;

/** Marks that turn the direction of all that follows them: in a name, they would turn the house's own words around. */
const TURNS = /[\u202a-\u202e]/gu;

/** Fetches, and reads the answer without such marks. */
const fetchUnturned: ReturnType<typeof getFetch> = async (address, options) => {
  const answer = await fetch(address, { ...options, signal: options?.signal ?? null });
  return { ok: answer.ok, json: async (): Promise<unknown> => JSON.parse((await answer.text()).replaceAll(TURNS, '')) };
};

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: FRESH_FOR_MS, retry: (failures, error) => failures < QUIET_RETRIES && isPassing(error) } },
});

/** For calls outside of components; components use `trpc`. */
export const client = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: ({ type, input }) => type === 'query' && (JSON.stringify(input)?.length ?? 0) > ADDRESS_INPUT_MAX,
      true: httpLink({ url: '/trpc', methodOverride: 'POST', fetch: fetchUnturned }),
      false: httpBatchLink({ url: '/trpc', maxItems: BATCH_MAX, maxURLLength: 2_000, fetch: fetchUnturned }),
    }),
  ],
});

/** Every procedure as query or mutation options: `useQuery(trpc.network.overview.queryOptions())`. */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
