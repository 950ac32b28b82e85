import { QueryClient } from '@tanstack/react-query';
import type { getFetch } from '@trpc/client';
import { createTRPCClient, httpBatchLink, httpLink, splitLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { isTransientProblem } from './problem.ts';
import type { AppRouter } from '#server/routers/index.ts';

const FRESH_FOR_MS = 30_000;
/** Two silent retries cover a restart of the server; after that the error is shown. */
const RETRIES_MAX = 2;
/** Below the server's batch limit. */
const BATCH_MAX = 8;
/** Queries with a longer input, such as a draft policy, are sent as POST because URLs are limited in length. In characters of JSON. */
const GET_INPUT_CHARS_MAX = 1_000;

/** Bidirectional embeddings and overrides: in a name from outside, they would reverse the text of the page that follows. */
const BIDI_CONTROLS = /[\u202a-\u202e]/gu;

/** Fetches and strips these characters from the response. */
const fetchWithoutBidiControls: ReturnType<typeof getFetch> = async (address, options) => {
  const response = await fetch(address, { ...options, signal: options?.signal ?? null });
  return { ok: response.ok, json: async (): Promise<unknown> => JSON.parse((await response.text()).replaceAll(BIDI_CONTROLS, '')) };
};

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: FRESH_FOR_MS, retry: (failures, error) => failures < RETRIES_MAX && isTransientProblem(error) } },
});

/** For calls outside components; components use `trpc`. */
export const client = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: ({ type, input }) => type === 'query' && (JSON.stringify(input)?.length ?? 0) > GET_INPUT_CHARS_MAX,
      true: httpLink({ url: '/trpc', methodOverride: 'POST', fetch: fetchWithoutBidiControls }),
      false: httpBatchLink({ url: '/trpc', maxItems: BATCH_MAX, maxURLLength: 2_000, fetch: fetchWithoutBidiControls }),
    }),
  ],
});

/** Every procedure as query or mutation options: `useQuery(trpc.network.overview.queryOptions())`. */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
