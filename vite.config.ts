import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Rows and drivers stay on the server: the browser gets their types only. */
const SERVER_ONLY = /^(drizzle-orm|postgres|pg|graphile-worker|express|node:.*)(\/|$)/;

export default defineConfig({
  root: at('web'),
  plugins: [
    react(),
    {
      name: 'segue-server-stays-out',
      enforce: 'pre',
      resolveId(source, importer) {
        if (importer?.includes('/web/') && SERVER_ONLY.test(source)) this.error(`${source} must not reach the browser (imported by ${importer})`);
      },
    },
  ],
  build: { outDir: at('dist/web'), emptyOutDir: true, manifest: true, target: 'es2023' },
  test: {
    root: at('.'),
    include: ['tests/{unit,api,jobs,providers,web,e2e,faults}/**/*.test.ts'],
    globalSetup: at('tests/support/global-setup.ts'),
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
