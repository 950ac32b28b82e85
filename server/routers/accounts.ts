import { adminProcedure, router } from '#server/trpc.ts';
import { listAccounts } from '#server/use-cases/accounts/list-accounts.ts';

/** The Spotify accounts that carry playlists. Connecting one is not RPC: see server/http. */
export const accountsRouter = router({ list: adminProcedure.query(({ ctx }) => listAccounts(ctx.deps, ctx.actor)) });
