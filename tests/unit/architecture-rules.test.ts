import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** One violation for each rule: the file, and what it imports (a file of the tree, a package, or a Node module). */
const VIOLATIONS: Readonly<Record<string, { readonly from: string; readonly to: string; readonly isType?: boolean }>> = {
  'no-cycles': { from: 'server/repos/circle-one.ts', to: 'server/repos/circle-two.ts' },
  'shared-stands-alone': { from: 'shared/errors-x.ts', to: 'server/repos/target.ts' },
  'drizzle-knows-only-words': { from: 'drizzle/schema/accounts.ts', to: 'server/repos/target.ts' },
  'use-cases-stay-inside': { from: 'server/use-cases/sync/plan-x.ts', to: 'server/http/target.ts' },
  'repos-only-data': { from: 'server/repos/sync/plans-x.ts', to: 'server/use-cases/sync/target.ts' },
  'limits-only-data': { from: 'server/limits/budget-x.ts', to: 'server/providers/spotify/target.ts' },
  'providers-only-vendors': { from: 'server/providers/spotify/client-x.ts', to: 'server/repos/target.ts' },
  'no-vendor-imports-another': { from: 'server/providers/spotify/songs-x.ts', to: 'server/providers/reccobeats/target.ts' },
  'routers-only-call-use-cases': { from: 'server/routers/sync.ts', to: 'server/repos/target.ts' },
  'sandbox-knows-only-the-wire': { from: 'server/sandbox/vendor-x.ts', to: 'server/repos/target.ts' },
  'tasks-only-call-use-cases': { from: 'jobs/tasks/sync-x.ts', to: 'server/repos/target.ts' },
  'jobs-never-use-routers': { from: 'jobs/run-x.ts', to: 'server/routers/index.ts' },
  'server-never-imports-jobs': { from: 'server/app-x.ts', to: 'jobs/target.ts' },
  'web-sees-shared-and-types': { from: 'web/lib/client-x.ts', to: 'server/routers/index.ts' },
  'web-types-only-from-router-index': { from: 'web/lib/rows-x.ts', to: 'server/repos/target.ts', isType: true },
  'nobody-ships-tests': { from: 'server/runtime/log-x.ts', to: 'tests/support/target.ts' },
  'vendors-stay-in-providers': { from: 'server/use-cases/sync/vendor-x.ts', to: 'cockatiel' },
  'postgres-js-for-streams-only': { from: 'server/repos/rows-x.ts', to: 'postgres' },
  'use-cases-never-write-sql': { from: 'server/use-cases/sync/rows-x.ts', to: 'drizzle-orm' },
  'shared-has-no-node': { from: 'shared/files-x.ts', to: 'node:fs' },
  'pure-domain': { from: 'shared/domain/hash-x.ts', to: 'pino' },
  'private-allocation': { from: 'shared/domain/curation/day-x.ts', to: 'shared/domain/curation/allocation/auction.ts' },
  'private-feasibility': { from: 'server/use-cases/curation/check-x.ts', to: 'shared/domain/curation/feasibility/bounds.ts' },
  'private-planning': { from: 'server/use-cases/sync/merge-x.ts', to: 'shared/domain/sync/planning/order-diff.ts' },
  'areas-in-order-auth': { from: 'server/use-cases/auth/sign-x.ts', to: 'server/use-cases/accounts/target.ts' },
  'areas-in-order-accounts': { from: 'server/repos/accounts/rows-x.ts', to: 'server/repos/catalog/target.ts' },
  'areas-in-order-catalog': { from: 'shared/domain/catalog/rows-x.ts', to: 'shared/contracts/policies/target.ts' },
  'areas-in-order-policies': { from: 'server/use-cases/policies/save-x.ts', to: 'shared/domain/curation/target.ts' },
  'areas-in-order-curation': { from: 'server/use-cases/curation/day-x.ts', to: 'server/repos/sync/target.ts' },
  'areas-in-order-sync': { from: 'server/use-cases/sync/hosts-x.ts', to: 'server/use-cases/scaling/target.ts' },
  'areas-in-order-playlists': { from: 'web/features/playlists/page-x.ts', to: 'web/features/scaling/target.ts' },
  'areas-in-order-scaling': { from: 'server/use-cases/scaling/plan-x.ts', to: 'server/use-cases/operations/target.ts' },
  'areas-in-order-studio': { from: 'server/use-cases/studio/render-x.ts', to: 'server/use-cases/covers/target.ts' },
  'areas-in-order-covers': { from: 'shared/domain/covers/art-x.ts', to: 'shared/contracts/discovery/target.ts' },
  'areas-in-order-discovery': { from: 'server/repos/discovery/likes-x.ts', to: 'server/repos/operations/target.ts' },
};

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

const folder = mkdtempSync(path.join(tmpdir(), 'segue-architecture-'));
let found: readonly Violation[] = [];

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

/** A tree with the project's configuration in which every rule is broken by one file. */
beforeAll(() => {
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  write('package.json', JSON.stringify({ type: 'module' }));
  for (const { to } of Object.values(VIOLATIONS)) if (to.endsWith('.ts')) write(to, 'export const value = 1;\nexport type Value = number;\n');
  for (const { from, to, isType } of Object.values(VIOLATIONS)) {
    const specifier = to.endsWith('.ts') ? `./${path.relative(path.dirname(from), to)}` : to;
    write(
      from,
      isType
        ? `import type { Value } from '${specifier}';\nexport const own: Value = 2;\n`
        : `import * as value from '${specifier}';\nexport { value };\n`,
    );
  }
  write('server/repos/circle-two.ts', "import * as one from './circle-one.ts';\nexport const value = one;\n");
  const args = [
    '--config',
    path.join(ROOT, '.dependency-cruiser.mjs'),
    '--output-type',
    'json',
    'shared',
    'drizzle',
    'server',
    'jobs',
    'web',
    'tests',
  ];
  const output = execFileSync(path.join(ROOT, 'node_modules/.bin/depcruise'), args, { cwd: folder, encoding: 'utf8', maxBuffer: 64e6 });
  found = (JSON.parse(output) as { summary: { violations: readonly Violation[] } }).summary.violations;
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the rules of import directions', () => {
  test.each(Object.entries(VIOLATIONS))('%s catches a file that breaks it', (rule, { from }) => {
    expect(found.filter((violation) => violation.from === from).map((violation) => violation.rule.name)).toContain(rule);
  });

  test('are all tried here', async () => {
    const { default: config } = (await import(pathToFileURL(path.join(ROOT, '.dependency-cruiser.mjs')).href)) as {
      default: { forbidden: readonly { readonly name: string }[] };
    };
    expect(config.forbidden.map(({ name }) => name).toSorted()).toEqual(Object.keys(VIOLATIONS).toSorted());
  });
});
