import { QueryClient } from '@tanstack/react-query';
import { createTRPCClient, httpBatchLink } from '@trpc/client';
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query';
import { isPassing } from './problem.ts';
import type { AppRouter } from '#server/routers/index.ts';

const FRESH_FOR_MS = 30_000;
/** Two quiet tries cover a restart of the house; then the person is told. */
const QUIET_RETRIES = 2;
/** Below what the server takes in one batch. */
const BATCH_MAX = 8;

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: FRESH_FOR_MS, retry: (failures, error) => failures < QUIET_RETRIES && isPassing(error) } },
});

/** For calls outside of components; components use `trpc`. */
export const client = createTRPCClient<AppRouter>({ links: [httpBatchLink({ url: '/trpc', maxItems: BATCH_MAX, maxURLLength: 2_000 })] });

/** Every procedure as query or mutation options: `useQuery(trpc.network.overview.queryOptions())`. */
export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
