import { createTRPCClient, httpBatchStreamLink, httpLink } from '@trpc/client';
import type { AppRouter } from '#server/routers/index.ts';

/**
 * The tRPC client for calls that take a whole policy. Sends POST, because a draft does not fit into a URL, and does not batch, so that a quick
 * reply never waits for a slow one and an outdated request can be aborted alone.
 */
export const policyClient = createTRPCClient<AppRouter>({ links: [httpLink({ url: '/trpc', methodOverride: 'POST' })] });

/** The same for a procedure that reports its progress: the response arrives in parts. */
export const policyStream = createTRPCClient<AppRouter>({ links: [httpBatchStreamLink({ url: '/trpc', methodOverride: 'POST', maxItems: 1 })] });
