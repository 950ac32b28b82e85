import { adminProcedure, publicProcedure, router } from '#server/trpc.ts';
import { changeAccount } from '#server/use-cases/accounts/change-account.ts';
import { createReconnectLink } from '#server/use-cases/accounts/create-reconnect-link.ts';
import { listAccounts } from '#server/use-cases/accounts/list-accounts.ts';
import { lookAtReconnectLink } from '#server/use-cases/accounts/look-at-reconnect-link.ts';
import { switchAccount } from '#server/use-cases/accounts/switch-account.ts';
import { readWrongAccount } from '#server/use-cases/accounts/wrong-account.ts';
import { accountInput, changeAccountInput, reconnectTokenInput, switchAccountInput, wrongAccountInput } from '#shared/contracts/accounts.ts';

/** The Spotify accounts that carry playlists. Connecting one is not RPC: see server/http. */
export const accountsRouter = router({
  list: adminProcedure.query(({ ctx }) => listAccounts(ctx.deps, ctx.actor)),
  change: adminProcedure.input(changeAccountInput).mutation(({ ctx, input }) => changeAccount(ctx.deps, ctx.actor, input)),
  switch: adminProcedure.input(switchAccountInput).mutation(({ ctx, input }) => switchAccount(ctx.deps, ctx.actor, input)),
  createReconnectLink: adminProcedure.input(accountInput).mutation(({ ctx, input }) => createReconnectLink(ctx.deps, ctx.actor, input)),
  /** A change by its method only: a question would carry the secret in its address. */
  lookAtReconnectLink: publicProcedure.input(reconnectTokenInput).mutation(({ ctx, input }) => lookAtReconnectLink(ctx.deps, input)),
  wrongAccount: publicProcedure.input(wrongAccountInput).query(({ ctx, input }) => readWrongAccount(ctx.deps, input)),
});
