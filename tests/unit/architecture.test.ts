import { AREAS, areaTable, countFiles } from '#tests/support/architecture/area-table.ts';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
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

/** The files that git tracks or would track, with their number of lines. */
function listFiles(folders: readonly string[]): { readonly file: string; readonly lines: number }[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...folders], { cwd: ROOT, encoding: 'utf8' });
  const files = listed.split('\n').filter((file) => /\.(ts|tsx|mjs|css)$/u.test(file) && existsSync(path.join(ROOT, file)));
  return files.map((file) => ({ file, lines: readFileSync(path.join(ROOT, file), 'utf8').split('\n').length - 1 }));
}

test('product files are small: half have at most 60 lines, 95 % at most 160, none more than 260', () => {
  const files = listFiles(FOLDERS.filter((folder) => folder !== 'tests')).toSorted((a, b) => a.lines - b.lines);
  const at = (share: number) => files[Math.floor(files.length * share)]?.lines ?? 0;
  expect(files.length).toBeGreaterThan(500);
  expect(at(0.5)).toBeLessThanOrEqual(60);
  expect(at(0.95)).toBeLessThanOrEqual(160);
  expect(files.filter(({ lines }) => lines > 260)).toEqual([]);
});

test('no test file has more than 400 lines, and no folder more than 30 files', () => {
  expect(listFiles(['tests']).filter(({ lines }) => lines > 400)).toEqual([]);
  const counts = new Map<string, number>();
  for (const { file } of listFiles(FOLDERS)) counts.set(path.dirname(file), (counts.get(path.dirname(file)) ?? 0) + 1);
  expect([...counts].filter(([, count]) => count > 30)).toEqual([]);
});

test('the table of areas and stages in the documentation is up to date (`npm run docs:areas` writes it)', () => {
  const document = readFileSync(path.join(ROOT, '.github/docs/architecture.md'), 'utf8');
  expect(document).toContain(areaTable(ROOT));
});

test('contracts, schema, repos and use-cases have every area', () => {
  for (const stage of ['shared/contracts', 'drizzle/schema', 'server/repos', 'server/use-cases'])
    for (const area of AREAS) expect(countFiles(ROOT, stage, area), `${stage}/${area}`).toBeGreaterThan(0);
});

/** Names that two files export on purpose: the sandbox describes the wire on its own, the verifier of certificates is independent of the server. */
const EXPORTED_TWICE = ['artistWire', 'meWire', 'trackWire', 'sha256'];

test('an exported name has one meaning: no two files of the product declare the same one', () => {
  const homes = new Map<string, Set<string>>();
  for (const { file } of listFiles(FOLDERS.filter((folder) => folder !== 'tests'))) {
    const declared = readFileSync(path.join(ROOT, file), 'utf8').matchAll(/^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gmu);
    for (const [, name] of declared) if (name) homes.set(name, (homes.get(name) ?? new Set()).add(file));
  }
  const twice = [...homes].filter(([name, files]) => files.size > 1 && !EXPORTED_TWICE.includes(name));
  expect(twice.map(([name, files]) => `${name}: ${[...files].join(', ')}`)).toEqual([]);
});
