import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = ['shared', 'drizzle', 'server', 'jobs', 'web', 'tests'];

interface Cruise {
  readonly modules: readonly { readonly source: string; readonly dependencies: readonly { readonly resolved: string }[] }[];
  readonly summary: { readonly error: number };
}

/** A run that reads no TypeScript passes with nothing checked; this test detects that. */
test('the check of import directions saw every folder, and the imports between them', () => {
  const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...FOLDERS];
  const cruise = JSON.parse(execFileSync('node_modules/.bin/depcruise', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64e6 })) as Cruise;
  expect(cruise.summary.error).toBe(0);
  const sources = cruise.modules.map((module) => module.source);
  for (const folder of FOLDERS) expect(sources.filter((source) => source.startsWith(`${folder}/`)).length, folder).toBeGreaterThan(5);
  expect(sources.length).toBeGreaterThan(300);
  const useCase = cruise.modules.find((module) => module.source === 'server/use-cases/catalog/ingest/ingest-albums.ts');
  expect(useCase?.dependencies.map((dependency) => dependency.resolved)).toContain('server/repos/catalog/album-sources.ts');
});
