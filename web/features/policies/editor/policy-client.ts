import { createTRPCClient, httpLink } from '@trpc/client';
import type { AppRouter } from '#server/routers/index.ts';

/**
 * Asks what needs a whole policy: in a body, because a draft does not fit into an address, and one call at a time, so that a quick answer
 * never waits for a slow one and a question that nobody asks any more can be taken back alone.
 */
export const policyClient = createTRPCClient<AppRouter>({ links: [httpLink({ url: '/trpc', methodOverride: 'POST' })] });
