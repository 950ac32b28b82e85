import { createCallerFactory, router } from '#server/trpc.ts';
import { authRouter } from './auth.ts';

/** The front door: one line an area. */
export const appRouter = router({
  auth: authRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in-process as any actor: `createCaller({ deps, actor })`. */
export const createCaller = createCallerFactory(appRouter);
