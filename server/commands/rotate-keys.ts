import { createDatabase } from '#server/repos/database.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { kill, pid, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { SYSTEM } from '#server/actor.ts';
import { lockHouse } from '#server/embedded/house-lock.ts';
import { startEmbeddedPostgres } from '#server/embedded/postgres.ts';
import { parseKeyRing, readProcessEnv } from '#server/env.ts';
import type { Env, TokenKey } from '#server/env.ts';
import { createFaultPoint } from '#server/runtime/fault-point.ts';
import { createLog } from '#server/runtime/log.ts';
import { openPool } from '#server/runtime/pool.ts';
import { runProcess } from '#server/runtime/process-life.ts';
import type { Life } from '#server/runtime/process-life.ts';
import { migrateDatabase } from '#server/repos/migrations.ts';
import { createSealer } from '#server/runtime/sealer.ts';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';
import { rotateKeys } from '#server/use-cases/accounts/rotate-keys.ts';

/**
 * `npm run keys:rotate`: seals every account's tokens with the newest key of SPOTIFY_TOKEN_KEY. Without that variable the ring lies in the house's
 * folder, and a new key is put in front of it here; the house has to be stopped then, because it knows only the ring that it started with.
 */
async function begin(life: Life): Promise<void> {
  const { values } = parseArgs({ options: { batch: { type: 'string' } } });
  const env = readProcessEnv();
  if (!env.DATABASE_URL) life.defer(lockHouse(env.SEGUE_HOME));
  const ring = ringOf(env);
  const log = createLog({ level: env.LOG_LEVEL, format: env.LOG_FORMAT ?? 'lines', secrets: [] });
  const pool = openPool(await databaseOf(env, life), { max: 2, name: 'segue keys', log });
  life.defer(() => pool.end());
  const deps = {
    db: createDatabase(pool),
    now: () => new Date(),
    newId: () => randomUUID(),
    sealer: createSealer(ring.keys),
    faultPoint: createFaultPoint(env.FAULT_AT),
  };
  const rotation = await rotateKeys(deps, SYSTEM, values.batch === undefined ? {} : { batch: Number(values.batch) });
  if (ring.file !== undefined && rotation.needed.length === 0 && rotation.unreadable.length === 0)
    writeRing(ring.file, ring.text.split(',').slice(0, 1).join(','));
  stdout.write(`${words(rotation, ring)}\n`);
  // The exit code is for scripts that would go on to remove a key.
  if (rotation.unreadable.length > 0) throw new StartError('Some tokens could not be opened.', { exitCode: EXIT_CONFIG });
  kill(pid, 'SIGTERM');
}

interface Ring {
  readonly keys: readonly TokenKey[];
  /** Where the ring is kept when no variable holds it. */
  readonly file: string | undefined;
  readonly text: string;
}

function ringOf(env: Env): Ring {
  if (env.SPOTIFY_TOKEN_KEY) return { keys: env.SPOTIFY_TOKEN_KEY, file: undefined, text: '' };
  const file = path.join(env.SEGUE_HOME, 'token-key');
  const kept = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : '';
  const old = parseKeyRing(kept);
  if (!old) {
    const remedy = `Set SPOTIFY_TOKEN_KEY as the house has it, or run this where ${file} is.`;
    throw new StartError(`There is no key ring to rotate. ${remedy}`, { exitCode: EXIT_CONFIG });
  }
  // A run that was interrupted left two keys: its new one is used, not a third.
  const text = old.length > 1 ? kept : `${nextName(old)}:${randomBytes(32).toString('base64')},${kept}`;
  writeRing(file, text);
  return { keys: parseKeyRing(text) ?? old, file, text };
}

function nextName(keys: readonly TokenKey[]): string {
  const numbers = keys.map(({ id }) => Number(/^k(\d{1,9})$/.exec(id)?.[1] ?? 0));
  return `k${Math.max(keys.length, ...numbers) + 1}`;
}

/** Complete or as it was, whatever happens in between. */
function writeRing(file: string, text: string): void {
  const unfinished = `${file}.${pid}`;
  fs.writeFileSync(unfinished, `${text}\n`, { mode: 0o600, flush: true });
  fs.renameSync(unfinished, file);
}

async function databaseOf(env: Env, life: Life): Promise<string> {
  if (env.DATABASE_URL) return env.DATABASE_URL;
  const server = await startEmbeddedPostgres({ dataFolder: path.join(env.SEGUE_HOME, 'postgres') });
  life.defer(() => server.stop());
  await migrateDatabase(server.url);
  return server.url;
}

function words({ resealed, unreadable, unneeded, needed }: Awaited<ReturnType<typeof rotateKeys>>, ring: Ring): string {
  const [newest] = ring.keys;
  const lines = [`${resealed} ${resealed === 1 ? 'account was' : 'accounts were'} sealed anew with key ${newest?.id ?? ''}.`];
  for (const { key, tokens, signIns } of needed) {
    const why = [tokens > 0 ? `${tokens} tokens` : '', signIns > 0 ? `${signIns} sign-ins under way, over within ten minutes` : ''];
    lines.push(`Key ${key} is still needed for ${why.filter((part) => part !== '').join(' and ')}. Run this again.`);
  }
  if (unreadable.length > 0) lines.push(`No key of the ring opens the tokens of ${unreadable.join(', ')}: put the key back, or reconnect them.`);
  if (unneeded.length > 0) {
    const isKept = ring.file !== undefined && needed.length === 0 && unreadable.length === 0;
    lines.push(`No longer needed: ${unneeded.join(', ')}. ${isKept ? 'Removed.' : 'It may be taken out of SPOTIFY_TOKEN_KEY.'}`);
  }
  return lines.join('\n');
}

await runProcess(begin);
