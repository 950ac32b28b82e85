import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { vi } from 'vitest';

const CONFIG = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));

/** The pages as they ship, built from source into a separate folder; call `remove` when done. */
export async function buildWeb(): Promise<{ folder: string; remove: () => void }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'segue-web-'));
  // The test runner says `test`, which would bundle React's development build.
  vi.stubEnv('NODE_ENV', 'production');
  try {
    await build({ configFile: CONFIG, logLevel: 'silent', mode: 'production', build: { outDir: folder, emptyOutDir: true } });
  } finally {
    vi.unstubAllEnvs();
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
