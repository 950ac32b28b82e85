import { parseKeyRing } from '#server/env.ts';
import type { Env, TokenKey } from '#server/env.ts';
import { createDatabase } from '#server/repos/database.ts';
import { createLog } from '#server/runtime/log.ts';
import { openPool } from '#server/database/pool.ts';
import type { ProcessLifecycle } from '#server/runtime/process-lifecycle.ts';
import { createSealer } from '#server/runtime/sealer.ts';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** What a command needs to sign with the key of the running Segue. Throws a StartError when the token keys are not where Segue keeps them. */
export function openSigningContext(env: Env, databaseUrl: string, lifecycle: ProcessLifecycle) {
  const log = createLog({ level: env.LOG_LEVEL, format: env.LOG_FORMAT ?? 'lines', secrets: [] });
  const pool = openPool(databaseUrl, { role: 'jobs', max: 2, name: 'segue signing', log });
  lifecycle.defer(() => pool.end());
  return {
    db: createDatabase(pool),
    now: () => new Date(),
    newId: () => randomUUID(),
    newSecret: () => randomBytes(32).toString('base64url'),
    sealer: createSealer(readTokenKeys(env)),
    signingSeed: env.SEGUE_SIGNING_KEY,
  };
}

function readTokenKeys(env: Env): readonly TokenKey[] {
  if (env.SPOTIFY_TOKEN_KEY) return env.SPOTIFY_TOKEN_KEY;
  const file = path.join(env.SEGUE_HOME, 'token-key');
  const keys = fs.existsSync(file) ? parseKeyRing(fs.readFileSync(file, 'utf8').trim()) : undefined;
  if (keys) return keys;
  const remedy = `Set SPOTIFY_TOKEN_KEY to the value that Segue uses, or run this where ${file} is.`;
  throw new StartError(`No token key was found. The stored signing key is encrypted with it. ${remedy}`, { exitCode: EXIT_CONFIG });
}
