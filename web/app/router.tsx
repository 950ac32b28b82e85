import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { ACCOUNT_FILTERS } from '#web/features/accounts/account-filter.ts';
import { MOODS } from '#web/features/playlists/network/moods.ts';
import { PLAYLIST_FILTERS } from '#web/features/operations/today/playlist-filter.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { FrontPage } from '#web/routes/front-page.tsx';
import { NetworkPage } from '#web/routes/network-page.tsx';
import { ErrorPage } from '#web/routes/shell.tsx';
import { SOURCE_STATUSES } from '#shared/vocabulary.ts';
import { daySearch, linkSearch, monthSearch, personSearch, sealedNote, oneOf, optional, textSearch, wholeNumber } from './search-params.ts';
import type { RawSearch } from './search-params.ts';
import { rootRoute } from './root-route.ts';
import { discoveryRoutes } from './discovery-routes.ts';
import { studioRoutes } from './studio-routes.ts';

const wallSearch = (raw: RawSearch) => optional({ mood: oneOf(MOODS, raw['mood']), sort: oneOf(['changed'] as const, raw['sort']) });

const frontRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', validateSearch: wallSearch, component: FrontPage });
const networkRoute = createRoute({ getParentRoute: () => rootRoute, path: '/network', validateSearch: wallSearch, component: NetworkPage });

const playlistRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/playlist/$index',
  validateSearch: (raw: RawSearch) =>
    optional({
      day: daySearch(raw['day']),
      list: oneOf(['made'] as const, raw['list']),
      track: wholeNumber(raw['track']),
      ask: wholeNumber(raw['ask']),
    }),
  // Prefetches the data in parallel with the page's code; navigation waits for neither.
  loaderDeps: ({ search: { day, list } }) => ({ day, list }),
  loader: ({ params, deps }) => void queryClient.prefetchQuery(trpc.playlists.playlist.queryOptions({ index: Number(params.index), ...deps })),
  component: lazyRouteComponent(() => import('#web/routes/playlist-page.tsx'), 'PlaylistPage'),
});

const playlistHistoryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/playlist/$index/history',
  validateSearch: (raw: RawSearch) => optional({ day: daySearch(raw['day']), from: daySearch(raw['from']) }),
  component: lazyRouteComponent(() => import('#web/routes/playlist-history-page.tsx'), 'PlaylistHistoryPage'),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (raw: RawSearch) => optional({ problem: textSearch(raw['problem']), returnTo: textSearch(raw['returnTo']) }),
  component: lazyRouteComponent(() => import('#web/routes/sign-in-page.tsx'), 'SignInPage'),
});

const reconnectRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reconnect',
  validateSearch: (raw: RawSearch) => optional({ done: textSearch(raw['done']), problem: textSearch(raw['problem']), note: sealedNote(raw['note']) }),
  component: lazyRouteComponent(() => import('#web/routes/reconnect-page.tsx'), 'ReconnectPage'),
});

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accounts/$accountId',
  component: lazyRouteComponent(() => import('#web/routes/account-page.tsx'), 'AccountPage'),
});

const coversRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/covers',
  validateSearch: (raw: RawSearch) => optional({ link: linkSearch(raw['link']) }),
  component: lazyRouteComponent(() => import('#web/routes/covers-page.tsx'), 'CoversPage'),
});
const coverRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/covers/$coverId',
  validateSearch: (raw: RawSearch) => optional({ step: oneOf(['analysis', 'words', 'picture', 'type', 'upload'] as const, raw['step']) }),
  component: lazyRouteComponent(() => import('#web/routes/cover-studio-page.tsx'), 'CoverStudioPage'),
});

/** One chunk for all operator pages; listeners never load it. */
const admin = () => import('#web/routes/admin/admin-pages.ts');

/** The policy editor is a chunk of its own: it is large and rarely needed. */
const policyPages = () => import('#web/routes/admin/policy-pages.ts');

/** So are the pages about pictures. */
const studioPages = () => import('#web/routes/admin/studio-pages.ts');

const adminRoute = createRoute({ getParentRoute: () => rootRoute, path: '/admin', component: lazyRouteComponent(admin, 'AdminFrame') });
// The loaders prefetch a page's first query in parallel with the sign-in status, not after it.
const overviewRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/',
  loader: () => void queryClient.prefetchQuery(trpc.operations.overview.queryOptions()),
  component: lazyRouteComponent(admin, 'OverviewPage'),
});
const intakeRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/intake',
  validateSearch: (raw: RawSearch) => optional({ intake: textSearch(raw['intake']), status: oneOf(SOURCE_STATUSES, raw['status']) }),
  component: lazyRouteComponent(admin, 'ImportPage'),
});
const playlistsRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/playlists',
  validateSearch: (raw: RawSearch) => optional({ find: textSearch(raw['find']), only: oneOf(PLAYLIST_FILTERS, raw['only']) }),
  loader: () => void queryClient.prefetchQuery(trpc.playlistAdmin.playlists.list.queryOptions()),
  component: lazyRouteComponent(admin, 'PlaylistsPage'),
});
const syncRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/sync',
  validateSearch: (raw: RawSearch) => optional({ day: daySearch(raw['day']), plan: textSearch(raw['plan']) }),
  loaderDeps: ({ search }) => ({ day: search.day }),
  loader: ({ deps }) => void queryClient.prefetchQuery(trpc.playlistAdmin.sync.plans.queryOptions(deps.day ? { day: deps.day } : {})),
  component: lazyRouteComponent(admin, 'SyncPage'),
});
const scalingRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/scaling',
  loader: () => void queryClient.prefetchQuery(trpc.playlistAdmin.scaling.view.queryOptions()),
  component: lazyRouteComponent(admin, 'ScalingPage'),
});
const jobsRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/jobs',
  loader: () => void queryClient.prefetchQuery(trpc.operations.jobs.schedule.queryOptions()),
  component: lazyRouteComponent(admin, 'JobsPage'),
});
const accountsRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/accounts',
  validateSearch: (raw: RawSearch) =>
    optional({
      account: textSearch(raw['account']),
      problem: textSearch(raw['problem']),
      note: sealedNote(raw['note']),
      find: textSearch(raw['find']),
      only: oneOf(ACCOUNT_FILTERS, raw['only']),
    }),
  loader: () => void queryClient.prefetchQuery(trpc.playlistAdmin.accounts.list.queryOptions()),
  component: lazyRouteComponent(admin, 'AccountsPage'),
});
const vendorsRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/vendors',
  loader: () => void queryClient.prefetchQuery(trpc.operations.vendors.state.queryOptions()),
  component: lazyRouteComponent(admin, 'VendorsPage'),
});
const policiesRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/policies',
  loader: () => void queryClient.prefetchQuery(trpc.playlistAdmin.policies.list.queryOptions()),
  component: lazyRouteComponent(admin, 'PoliciesPage'),
});

const newPolicyRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/policies/new',
  validateSearch: (raw: RawSearch) => optional({ from: textSearch(raw['from']) }),
  component: lazyRouteComponent(policyPages, 'NewPolicyPage'),
});
const policyRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/policies/$familyId',
  validateSearch: (raw: RawSearch) => optional({ view: oneOf(['versions', 'convert'] as const, raw['view']), saved: wholeNumber(raw['saved']) }),
  component: lazyRouteComponent(policyPages, 'PolicyPage'),
});
const simulationRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/policies/simulation',
  validateSearch: (raw: RawSearch) =>
    optional({ a: textSearch(raw['a']), b: textSearch(raw['b']), run: textSearch(raw['run']), draft: textSearch(raw['draft']) }),
  component: lazyRouteComponent(policyPages, 'SimulationPage'),
});

const lorasRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/loras',
  loader: () => void queryClient.prefetchQuery(trpc.generation.loras.list.queryOptions()),
  component: lazyRouteComponent(studioPages, 'LorasPage'),
});

const modelsRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/models',
  loader: () => void queryClient.prefetchQuery(trpc.generation.models.settings.queryOptions()),
  component: lazyRouteComponent(studioPages, 'ModelsPage'),
});
const usageRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/usage',
  validateSearch: (raw: RawSearch) => optional({ month: monthSearch(raw['month']), person: personSearch(raw['person']) }),
  loader: () => void queryClient.prefetchQuery(trpc.generation.usage.network.queryOptions({})),
  component: lazyRouteComponent(studioPages, 'UsagePage'),
});
const coverHistoryRoute = createRoute({
  getParentRoute: () => adminRoute,
  path: '/covers',
  validateSearch: (raw: RawSearch) => optional({ result: oneOf(['done', 'failed', 'running'] as const, raw['result']) }),
  component: lazyRouteComponent(studioPages, 'CoverHistoryPage'),
});

const routeTree = rootRoute.addChildren([
  frontRoute,
  networkRoute,
  playlistRoute,
  playlistHistoryRoute,
  signInRoute,
  reconnectRoute,
  accountRoute,
  coversRoute,
  coverRoute,
  ...discoveryRoutes,
  ...studioRoutes,
  adminRoute.addChildren([
    overviewRoute,
    intakeRoute,
    playlistsRoute,
    syncRoute,
    jobsRoute,
    scalingRoute,
    accountsRoute,
    vendorsRoute,
    policiesRoute,
    newPolicyRoute,
    simulationRoute,
    policyRoute,
    modelsRoute,
    lorasRoute,
    usageRoute,
    coverHistoryRoute,
  ]),
]);

export const appRoutes = createRouter({
  routeTree,
  scrollRestoration: true,
  defaultErrorComponent: ErrorPage,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof appRoutes;
  }
}
