import { createCallerFactory, router } from '#server/trpc.ts';
import { accountsRouter } from './accounts.ts';
import { assetsRouter } from './assets.ts';
import { authRouter } from './auth.ts';
import { catalogRouter } from './catalog.ts';
import { coversRouter } from './covers.ts';
import { curationRouter } from './curation.ts';
import { discoveryRouter } from './discovery.ts';
import { lorasRouter } from './loras.ts';
import { operationsRouter } from './operations.ts';
import { adminPlaylistsRouter, playlistsRouter } from './playlists.ts';
import { policiesRouter } from './policies.ts';
import { scalingRouter } from './scaling.ts';
import { modelsRouter, studioRouter, usageRouter } from './studio.ts';
import { syncRouter } from './sync.ts';

/** The tRPC API, composed by area. `playlistAdmin` is how the operator runs the playlists; `playlists` is what everyone sees of them. */
export const appRouter = router({
  auth: authRouter,
  catalog: catalogRouter,
  playlistAdmin: {
    policies: policiesRouter,
    curation: curationRouter,
    sync: syncRouter,
    scaling: scalingRouter,
    accounts: accountsRouter,
    playlists: adminPlaylistsRouter,
  },
  generation: { assets: assetsRouter, covers: coversRouter, loras: lorasRouter, models: modelsRouter, studio: studioRouter, usage: usageRouter },
  playlists: playlistsRouter,
  discovery: discoveryRouter,
  operations: operationsRouter,
});

export type AppRouter = typeof appRouter;

/** Calls procedures in-process as a given actor: `createCaller({ deps, actor })`. */
export const createCaller = createCallerFactory(appRouter);
