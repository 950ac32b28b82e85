import { adminProcedure, listenerProcedure, publicProcedure, router } from '#server/trpc.ts';
import { readAuthStatus } from '#server/use-cases/auth/read-auth-status.ts';
import { readProfile } from '#server/use-cases/auth/read-profile.ts';
import { setRole } from '#server/use-cases/auth/set-role.ts';
import { signInAdmin } from '#server/use-cases/auth/sign-in-admin.ts';
import { signOutEverywhere } from '#server/use-cases/auth/sign-out-everywhere.ts';
import { signOut } from '#server/use-cases/auth/sign-out.ts';
import { setRoleInput } from '#shared/contracts/auth/roles.ts';
import { adminSignInInput } from '#shared/contracts/auth/sign-in.ts';

/** Session status, operator sign-in and sign-out, in this browser or in all. Signing in with Spotify is not RPC: see server/http/spotify-sign-in.ts. */
export const authRouter = router({
  status: publicProcedure.query(({ ctx }) => readAuthStatus(ctx.deps, ctx.actor, ctx.sessionSecret)),
  profile: listenerProcedure.query(({ ctx }) => readProfile(ctx.deps, ctx.actor)),
  setRole: adminProcedure.input(setRoleInput).mutation(({ ctx, input }) => setRole(ctx.deps, ctx.actor, input)),
  adminSignIn: publicProcedure.input(adminSignInInput).mutation(async ({ ctx, input }) => {
    const session = await signInAdmin(ctx.deps, { key: input.key, address: ctx.clientAddress ?? 'inside', replaces: ctx.sessionSecret });
    ctx.cookies?.setSession(session);
    return { expiresAt: session.expiresAt.toISOString() };
  }),
  logoutEverywhere: publicProcedure.mutation(async ({ ctx }) => {
    await signOutEverywhere(ctx.deps, ctx.actor);
    ctx.cookies?.clearSession();
    return { signedIn: false };
  }),
  logout: publicProcedure.mutation(async ({ ctx }) => {
    await signOut(ctx.deps, ctx.sessionSecret);
    ctx.cookies?.clearSession();
    return { signedIn: false };
  }),
});
