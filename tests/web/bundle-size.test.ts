import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { buildWeb } from './built-web.ts';

/** First load of JavaScript, gzipped; the operator's pages and everything opened on request load later. */
const FIRST_LOAD_BYTES_MAX = 150_000;

/** Only the operator's import page has it. */
const IMPORT_HEADING = 'All imports';

const manifest = z.record(
  z.string(),
  z.object({
    file: z.string(),
    imports: z.array(z.string()).default([]),
    dynamicImports: z.array(z.string()).default([]),
    isEntry: z.boolean().default(false),
  }),
);

let web: Awaited<ReturnType<typeof buildWeb>>;
let chunks: z.infer<typeof manifest>;

beforeAll(async () => {
  web = await buildWeb();
  chunks = manifest.parse(JSON.parse(readFileSync(path.join(web.folder, '.vite', 'manifest.json'), 'utf8')));
}, 300_000);

afterAll(() => web.remove());

const entry = () => Object.entries(chunks).find(([, chunk]) => chunk.isEntry)![0];
const read = (file: string) => readFileSync(path.join(web.folder, file));

/** Everything the browser must have before the given chunks run. */
function staticGraph(...from: string[]): Set<string> {
  const reached = new Set<string>();
  const open = [...from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    open.push(...(chunks[name]?.imports ?? []));
  }
  return reached;
}

const gzipped = (names: Iterable<string>) => [...names].reduce((sum, name) => sum + gzipSync(read(chunks[name]!.file)).length, 0);

test('the first load of the network page is at most 150 kB of gzipped JavaScript', () => {
  const bytes = gzipped(staticGraph(entry()));
  const page = Object.keys(chunks).find((name) => name.endsWith('playlist-page.tsx'))!;
  console.log(`first load ${(bytes / 1000).toFixed(1)} kB, with a playlist ${(gzipped(staticGraph(entry(), page)) / 1000).toFixed(1)} kB (gzip)`);
  expect(bytes).toBeLessThanOrEqual(FIRST_LOAD_BYTES_MAX);
});

test('the operator’s pages are a chunk of their own, which listeners do not load', () => {
  const admin = Object.keys(chunks).find((name) => name.endsWith('admin/admin-pages.ts'));
  expect(admin).toBeDefined();
  expect(chunks[entry()]!.dynamicImports).toContain(admin);
  expect(staticGraph(entry())).not.toContain(admin);
  const first = [...staticGraph(entry())].map((name) => read(chunks[name]!.file).toString()).join('');
  expect(first).not.toContain(IMPORT_HEADING);
  expect([...staticGraph(admin!)].map((name) => read(chunks[name]!.file).toString()).join('')).toContain(IMPORT_HEADING);
  console.log(`operator’s pages ${(gzipped([admin!]) / 1000).toFixed(1)} kB (gzip) more`);
});

test('zod and every driver stay on the server', () => {
  const all = Object.values(chunks)
    .filter((chunk) => chunk.file.endsWith('.js'))
    .map((chunk) => read(chunk.file).toString())
    .join('');
  for (const trace of ['ZodError', 'invalid_union', 'drizzle:', 'graphile']) expect(all, trace).not.toContain(trace);
});

test('the page has nothing inline, so the content security policy can forbid inline code', () => {
  const html = read('index.html').toString();
  expect(html).not.toMatch(/<style|style=|<script(?![^>]*\ssrc=)|\son\w+=/u);
});
