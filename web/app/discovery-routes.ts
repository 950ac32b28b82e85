import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readComposerSearch } from '#web/features/discovery/draft/composer-search.ts';
import { readPathSearch } from '#web/features/discovery/path/path-search.ts';
import { rootRoute } from './root-route.ts';
import { optional, wholeNumber } from './search-params.ts';
import type { RawSearch } from './search-params.ts';

const discoverRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/discover',
  validateSearch: (raw: RawSearch) => optional(readComposerSearch(raw)),
  component: lazyRouteComponent(() => import('#web/routes/discover/discover-page.tsx'), 'DiscoverPage'),
});

const pathRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/discover/path',
  validateSearch: (raw: RawSearch) => optional(readPathSearch(raw)),
  component: lazyRouteComponent(() => import('#web/routes/discover/path-page.tsx'), 'PathPage'),
});
const pasteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/discover/import',
  component: lazyRouteComponent(() => import('#web/routes/discover/paste-page.tsx'), 'PastePage'),
});

const submitRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/discover/submit',
  component: lazyRouteComponent(() => import('#web/routes/discover/submit-page.tsx'), 'SubmitPage'),
});

/** One chunk for saved playlists. */
const savedPages = () => import('#web/routes/discover/saved-pages.tsx');
const savedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/discover/saved',
  component: lazyRouteComponent(savedPages, 'SavedPlaylistsPage'),
});
const savedPlaylistRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/discover/saved/$savedId',
  validateSearch: (raw: RawSearch): { version?: number; export?: boolean } => {
    const version = wholeNumber(raw['version']);
    return { ...(version === undefined ? {} : { version }), ...(raw['export'] === true ? { export: true } : {}) };
  },
  component: lazyRouteComponent(savedPages, 'SavedPlaylistPage'),
});

/** The pages on which a person finds music and makes playlists of their own. */
export const discoveryRoutes = [discoverRoute, pathRoute, pasteRoute, submitRoute, savedRoute, savedPlaylistRoute] as const;
