import { createDatabase } from '#server/repos/database.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { kill, pid, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { SYSTEM } from '#server/actor.ts';
import { openCommandDatabase } from '#server/commands/command-database.ts';
import { parseKeyRing, readProcessEnv } from '#server/env.ts';
import type { Env, TokenKey } from '#server/env.ts';
import { createFaultPoint } from '#server/runtime/fault-point.ts';
import { createLog } from '#server/runtime/log.ts';
import { openPool } from '#server/database/pool.ts';
import { runProcess } from '#server/runtime/process-lifecycle.ts';
import type { ProcessLifecycle } from '#server/runtime/process-lifecycle.ts';
import { createSealer } from '#server/runtime/sealer.ts';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';
import { rotateKeys } from '#server/use-cases/accounts/rotate-keys.ts';

/**
 * `npm run keys:rotate` re-encrypts every account's tokens and the signing key with the newest key of SPOTIFY_TOKEN_KEY. Without that variable the ring is the file
 * SEGUE_HOME/token-key, and this command prepends a new key. Segue must then be stopped, because it knows only the ring that it started with.
 */
async function run(lifecycle: ProcessLifecycle): Promise<void> {
  const { values } = parseArgs({ options: { batch: { type: 'string' } } });
  const env = readProcessEnv();
  const address = openCommandDatabase(env, lifecycle);
  const ring = loadRing(env);
  const log = createLog({ level: env.LOG_LEVEL, format: env.LOG_FORMAT ?? 'lines', secrets: [] });
  const pool = openPool(await address(), { role: 'jobs', max: 2, name: 'segue keys', log });
  lifecycle.defer(() => pool.end());
  const deps = {
    db: createDatabase(pool),
    now: () => new Date(),
    newId: () => randomUUID(),
    sealer: createSealer(ring.keys),
    faultPoint: createFaultPoint(env.FAULT_AT),
  };
  const rotation = await rotateKeys(deps, SYSTEM, values.batch === undefined ? {} : { batch: Number(values.batch) });
  const isReadable = rotation.unreadable.length === 0 && rotation.signingKey !== 'unreadable';
  if (ring.file !== undefined && rotation.needed.length === 0 && isReadable) writeRing(ring.file, ring.text.split(',').slice(0, 1).join(','));
  stdout.write(`${summarize(rotation, ring)}\n`);
  // A script that removes old keys next must see a failure here.
  if (!isReadable) throw new StartError('Some stored secrets could not be decrypted.', { exitCode: EXIT_CONFIG });
  kill(pid, 'SIGTERM');
}

interface Ring {
  readonly keys: readonly TokenKey[];
  /** The file of the ring; undefined when SPOTIFY_TOKEN_KEY is set. */
  readonly file: string | undefined;
  readonly text: string;
}

function loadRing(env: Env): Ring {
  if (env.SPOTIFY_TOKEN_KEY) return { keys: env.SPOTIFY_TOKEN_KEY, file: undefined, text: '' };
  const file = path.join(env.SEGUE_HOME, 'token-key');
  const stored = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : '';
  const old = parseKeyRing(stored);
  if (!old) {
    const remedy = `Set SPOTIFY_TOKEN_KEY to the value that Segue uses, or run this where ${file} is.`;
    throw new StartError(`No key ring was found to rotate. ${remedy}`, { exitCode: EXIT_CONFIG });
  }
  // An interrupted run left two keys: use its new key instead of adding a third.
  const text = old.length > 1 ? stored : `${nextKeyId(old)}:${randomBytes(32).toString('base64')},${stored}`;
  writeRing(file, text);
  return { keys: parseKeyRing(text) ?? old, file, text };
}

function nextKeyId(keys: readonly TokenKey[]): string {
  const numbers = keys.map(({ id }) => Number(/^k(\d{1,9})$/.exec(id)?.[1] ?? 0));
  return `k${Math.max(keys.length, ...numbers) + 1}`;
}

/** Replaces the file atomically. */
function writeRing(file: string, text: string): void {
  const unfinished = `${file}.${pid}`;
  fs.writeFileSync(unfinished, `${text}\n`, { mode: 0o600, flush: true });
  fs.renameSync(unfinished, file);
}

function summarize({ resealed, unreadable, unneeded, needed, signingKey }: Awaited<ReturnType<typeof rotateKeys>>, ring: Ring): string {
  const [newest] = ring.keys;
  const lines = [`${resealed} ${resealed === 1 ? 'account was' : 'accounts were'} re-encrypted with key ${newest?.id ?? ''}.`];
  if (signingKey === 'resealed') lines.push('The signing key was re-encrypted, too.');
  if (signingKey === 'unreadable')
    lines.push('No key in the ring decrypts the signing key. Restore the missing key, or replace the signing key with npm run signing:rotate.');
  for (const { key, tokens, signIns, signingKeys } of needed) {
    const uses = [
      tokens > 0 ? `${tokens} tokens` : '',
      signingKeys > 0 ? 'the signing key' : '',
      signIns > 0 ? `${signIns} sign-ins in progress (at most ten minutes)` : '',
    ];
    lines.push(`Key ${key} is still needed for ${uses.filter((part) => part !== '').join(' and ')}. Run this again.`);
  }
  if (unreadable.length > 0)
    lines.push(`No key in the ring decrypts the tokens of ${unreadable.join(', ')}. Restore the missing key, or reconnect these accounts.`);
  if (unneeded.length > 0) {
    const isRemoved = ring.file !== undefined && needed.length === 0 && unreadable.length === 0 && signingKey !== 'unreadable';
    lines.push(`No longer needed: ${unneeded.join(', ')}. ${isRemoved ? 'Removed.' : 'Remove it from SPOTIFY_TOKEN_KEY.'}`);
  }
  return lines.join('\n');
}

await runProcess(run);
