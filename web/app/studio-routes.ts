import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readLibraryFilter } from '#web/features/studio/library/library-filter.ts';
import { STUDIO_TASKS } from '#shared/vocabulary.ts';
import { rootRoute } from './root-route.ts';
import { assetSearch, oneOf, optional, uuidSearch } from './search-params.ts';
import type { RawSearch } from './search-params.ts';

/** The mask editor is a chunk of its own. */
const repaintPages = () => import('#web/routes/repaint-page.tsx');

const libraryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/library',
  validateSearch: (raw: RawSearch) => optional(readLibraryFilter(raw)),
  component: lazyRouteComponent(() => import('#web/routes/library-page.tsx'), 'LibraryPage'),
});
const studioRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/studio',
  validateSearch: (raw: RawSearch) =>
    optional({ group: uuidSearch(raw['group']), task: oneOf(STUDIO_TASKS, raw['task']), image: assetSearch(raw['image']) }),
  component: lazyRouteComponent(() => import('#web/routes/studio-page.tsx'), 'StudioPage'),
});
const repaintRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/studio/repaint',
  component: lazyRouteComponent(repaintPages, 'RepaintChoicePage'),
});
const repaintAssetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/studio/repaint/$assetId',
  validateSearch: (raw: RawSearch) => optional({ mask: assetSearch(raw['mask']) }),
  component: lazyRouteComponent(repaintPages, 'RepaintPage'),
});
const sharedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/shared/$token',
  component: lazyRouteComponent(() => import('#web/routes/shared-page.tsx'), 'SharedPage'),
});
const makerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/makers/$maker',
  component: lazyRouteComponent(() => import('#web/routes/maker-page.tsx'), 'MakerPage'),
});

/** The pages about pictures, which anybody signed in has, and the pages of what is shared. */
export const studioRoutes = [libraryRoute, studioRoute, repaintRoute, repaintAssetRoute, sharedRoute, makerRoute] as const;
