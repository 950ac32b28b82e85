import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Fonts of the first paint, preloaded before the stylesheet is parsed. */
const FIRST_FACES = /(newsreader-latin-opsz-normal|hanken-grotesk-latin-wght-normal|archivo-latin-standard-normal)[^/]*\.woff2$/;

/** Database drivers and server packages: the browser may import only their types. */
const SERVER_ONLY = /^(drizzle-orm|postgres|pg|graphile-worker|express|node:.*)(\/|$)/;

export default defineConfig({
  root: at('web'),
  plugins: [
    react(),
    {
      name: 'segue-regular-icons-only',
      enforce: 'pre',
      // Every icon comes in six weights; Segue uses one.
      transform(code, id) {
        if (!/@phosphor-icons\/react\/dist\/defs\//.test(id)) return null;
        const [head, ...weights] = code.split(/^ {2}\[\n(?= {4}"(?:bold|duotone|fill|light|regular|thin)")/mu);
        const regular = weights.find((weight) => weight.startsWith('    "regular"'));
        const name = /as default/.exec(code) && /(\w+) as default/.exec(code)?.[1];
        if (!head || !regular || !name) this.error(`The icon file ${id} has another form than expected.`);
        return { code: `${head}  [\n${regular.replace(/,\s*$/u, '')}\n]);\nexport { ${name} as default };`, map: null };
      },
    },
    {
      name: 'segue-first-faces',
      transformIndexHtml: {
        order: 'post',
        handler: (_html, { bundle }) =>
          Object.keys(bundle ?? {})
            .filter((file) => FIRST_FACES.test(file))
            .map((file) => ({
              tag: 'link',
              attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: '' },
              injectTo: 'head' as const,
            })),
      },
    },
    {
      name: 'segue-server-stays-out',
      enforce: 'pre',
      resolveId(source, importer) {
        if (importer?.includes('/web/') && SERVER_ONLY.test(source)) this.error(`${source} must not reach the browser (imported by ${importer})`);
      },
    },
  ],
  build: { outDir: at('dist/web'), emptyOutDir: true, manifest: true, target: 'es2023', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  test: {
    root: at('.'),
    globalSetup: at('tests/support/global-setup.ts'),
    // Generous limits that only a hang reaches: CI machines can be slow.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    teardownTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    maxWorkers: 2,
    unstubGlobals: true,
    unstubEnvs: true,
    // Files of a project share a worker and the modules that it has loaded: loading them again for every file took half of the time. More than one
    // project, so that no worker lives for the whole suite. Browsers, real processes and faults have a worker of their own for each file.
    projects: [
      { extends: true, test: { name: 'rules', include: ['tests/{unit,web}/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'api', include: ['tests/api/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'jobs', include: ['tests/{jobs,providers}/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'processes', include: ['tests/{e2e,faults}/**/*.test.ts'] } },
    ],
  },
});
