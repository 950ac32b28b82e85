import { adminProcedure, publicProcedure, router } from '#server/trpc.ts';
import { changeAccount } from '#server/use-cases/accounts/change-account.ts';
import { createReconnectLink } from '#server/use-cases/accounts/create-reconnect-link.ts';
import { disconnectAccount } from '#server/use-cases/accounts/disconnect-account.ts';
import { listAccounts } from '#server/use-cases/accounts/list-accounts.ts';
import { viewReconnectLink } from '#server/use-cases/accounts/view-reconnect-link.ts';
import { previewDisconnect } from '#server/use-cases/accounts/preview-disconnect.ts';
import { switchAccount } from '#server/use-cases/accounts/switch-account.ts';
import { viewAccountPage } from '#server/use-cases/playlists/view-account-page.ts';
import { viewAccount } from '#server/use-cases/accounts/view-account.ts';
import { viewTokenCalendar } from '#server/use-cases/accounts/view-token-calendar.ts';
import { readWrongAccount } from '#server/use-cases/accounts/wrong-account.ts';
import {
  accountInput,
  changeAccountInput,
  disconnectAccountInput,
  reconnectTokenInput,
  setAccountEnabledInput,
  wrongAccountInput,
} from '#shared/contracts/accounts/accounts.ts';

/** The Spotify accounts that host playlists. Connecting an account is not RPC: see server/http. */
export const accountsRouter = router({
  list: adminProcedure.query(({ ctx }) => listAccounts(ctx.deps, ctx.actor)),
  detail: adminProcedure.input(accountInput).query(({ ctx, input }) => viewAccount(ctx.deps, ctx.actor, input)),
  tokenCalendar: adminProcedure.query(({ ctx }) => viewTokenCalendar(ctx.deps, ctx.actor)),
  publicPage: publicProcedure.input(accountInput).query(({ ctx, input }) => viewAccountPage(ctx.deps, input)),
  change: adminProcedure.input(changeAccountInput).mutation(({ ctx, input }) => changeAccount(ctx.deps, ctx.actor, input)),
  switch: adminProcedure.input(setAccountEnabledInput).mutation(({ ctx, input }) => switchAccount(ctx.deps, ctx.actor, input)),
  previewDisconnect: adminProcedure.input(accountInput).query(({ ctx, input }) => previewDisconnect(ctx.deps, ctx.actor, input)),
  disconnect: adminProcedure.input(disconnectAccountInput).mutation(({ ctx, input }) => disconnectAccount(ctx.deps, ctx.actor, input)),
  createReconnectLink: adminProcedure.input(accountInput).mutation(({ ctx, input }) => createReconnectLink(ctx.deps, ctx.actor, input)),
  /** Read-only. A mutation because a query would put the secret in the URL. */
  viewReconnectLink: publicProcedure
    .meta({ rate: 'guess' })
    .input(reconnectTokenInput)
    .mutation(({ ctx, input }) => viewReconnectLink(ctx.deps, input)),
  wrongAccount: publicProcedure
    .meta({ rate: 'guess' })
    .input(wrongAccountInput)
    .query(({ ctx, input }) => readWrongAccount(ctx.deps, input)),
});
