import { createCallerFactory, router } from '#server/trpc.ts';
import { accountsRouter } from './accounts.ts';
import { adminRouter } from './admin.ts';
import { authRouter } from './auth.ts';
import { historyRouter } from './history.ts';
import { intakeRouter } from './intake.ts';
import { jobsRouter } from './jobs.ts';
import { networkRouter } from './network.ts';
import { playlistsRouter } from './playlists.ts';
import { policiesRouter } from './policies.ts';
import { scalingRouter } from './scaling.ts';
import { syncRouter } from './sync.ts';
import { vendorsRouter } from './vendors.ts';

/** The tRPC API: one router per area. */
export const appRouter = router({
  accounts: accountsRouter,
  admin: adminRouter,
  auth: authRouter,
  history: historyRouter,
  intake: intakeRouter,
  jobs: jobsRouter,
  network: networkRouter,
  playlists: playlistsRouter,
  policies: policiesRouter,
  scaling: scalingRouter,
  sync: syncRouter,
  vendors: vendorsRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in-process as a given actor: `createCaller({ deps, actor })`. */
export const createCaller = createCallerFactory(appRouter);
