import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readComposerSearch } from '#web/features/discovery/draft/composer-search.ts';
import { rootRoute } from './root-route.ts';
import { optional } from './search-params.ts';
import type { RawSearch } from './search-params.ts';

const discoverRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/discover',
  validateSearch: (raw: RawSearch) => optional(readComposerSearch(raw)),
  component: lazyRouteComponent(() => import('#web/routes/discover-page.tsx'), 'DiscoverPage'),
});

/** The pages on which a person finds music and makes playlists of their own. */
export const discoveryRoutes = [discoverRoute] as const;
