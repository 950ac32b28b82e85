import { createDeps } from '#server/compose.ts';
import type { Deps } from '#server/deps.ts';
import { loadEnv } from '#server/env.ts';
import type { ReadyEnv } from '#server/ready-env.ts';

const quiet = { debug() {}, info() {}, warn() {}, error: (message: string, context?: object) => console.error(message, context) };

/** The whole house against a sandbox, composed as the product is, with keys of the bench's own. */
export function openBenchHouse(databaseUrl: string, sandbox: Readonly<Record<string, string>>, more: Record<string, string> = {}): Deps {
  const env = loadEnv({
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: 'http://127.0.0.1:3000',
    ADMIN_API_KEY: 'bench-admin-key-of-no-consequence',
    SPOTIFY_CLIENT_ID: 'bench',
    SPOTIFY_CLIENT_SECRET: 'bench',
    SPOTIFY_TOKEN_KEY: `bench:${Buffer.alloc(32, 7).toString('base64')}`,
    ...sandbox,
    ...more,
  });
  return createDeps(env as ReadyEnv, quiet);
}
