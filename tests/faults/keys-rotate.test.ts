import { accounts } from '#drizzle/schema/index.ts';
import { insertAccount } from '#server/repos/accounts/accounts.ts';
import type { Db } from '#server/repos/database.ts';
import { createSealer } from '#server/runtime/sealer.ts';
import { openToken, sealToken } from '#server/use-cases/accounts/token-seals.ts';
import { accountId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { openTestDatabase } from '../support/database.ts';
import { startProcess, temporaryFolder } from '#tests/support/processes/real-process.ts';

vi.setConfig({ testTimeout: 300_000 });

const OLD = { id: 'k1', key: randomBytes(32) };
const NEW = { id: 'k2', key: randomBytes(32) };
const keyRing = (...keys: readonly { id: string; key: Buffer }[]) => keys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(',');
const ACCOUNTS = 10;
const BATCH = 2;

/** Stores accounts whose tokens name their column and account; every third needs re-authorization and has no access token. */
async function storeAccounts(db: Db): Promise<void> {
  const sealer = createSealer([OLD]);
  for (let at = 0; at < ACCOUNTS; at += 1) {
    const id = accountId.parse(randomUUID());
    const seal = (column: 'sealed_access_token' | 'sealed_refresh_token') => sealToken(sealer, `${column} of ${id}`, { id, column });
    await insertAccount(db, {
      id,
      spotifyUserId: `person-${at}`,
      displayName: `Person ${at}`,
      scopes: [],
      sealedAccessToken: at % 3 === 0 ? null : seal('sealed_access_token'),
      sealedRefreshToken: seal('sealed_refresh_token'),
      authorizedAt: new Date(),
      connectedAt: new Date(),
    });
  }
}

/** Opens all tokens with a key ring. Throws when one does not open or belongs to another account. Returns how many accounts the newest key seals. */
async function openAll(db: Db, ring: Parameters<typeof createSealer>[0]): Promise<number> {
  const sealer = createSealer(ring);
  let byNewest = 0;
  for (const { id, sealedAccessToken, sealedRefreshToken } of await db.select().from(accounts)) {
    expect(openToken(sealer, sealedRefreshToken ?? '', { id, column: 'sealed_refresh_token' })).toBe(`sealed_refresh_token of ${id}`);
    if (sealedAccessToken) expect(openToken(sealer, sealedAccessToken, { id, column: 'sealed_access_token' })).toBe(`sealed_access_token of ${id}`);
    if (sealedRefreshToken?.startsWith(`v1.${NEW.id}.`)) byNewest += 1;
  }
  return byNewest;
}

const rotate = (url: string, ring: string, faultAt = '') =>
  startProcess({
    script: 'server/commands/rotate-keys.ts',
    args: ['--batch', String(BATCH)],
    env: { DATABASE_URL: url, SPOTIFY_TOKEN_KEY: ring, FAULT_AT: faultAt },
  });

test('a rotation killed during or after a batch leaves every token readable, and the next run continues with the rest', async () => {
  await using database = await openTestDatabase();
  await storeAccounts(database.db);
  let before = 0;
  for (const point of ['keys.before_commit', 'keys.after_batch']) {
    for (const time of [1, 2]) {
      await using killed = rotate(database.url, keyRing(NEW, OLD), `${point}:${time}`);
      expect(await killed.exited, killed.output()).toEqual({ code: null, signal: 'SIGKILL' });
      const done = await openAll(database.db, [NEW, OLD]);
      expect(done).toBe(before + BATCH * (point === 'keys.before_commit' ? time - 1 : time));
      before = done;
    }
  }
  await using last = rotate(database.url, keyRing(NEW, OLD));
  expect(await last.exited, last.output()).toEqual({ code: 0, signal: null });
  expect(last.output()).toContain(`${ACCOUNTS - before} accounts were re-encrypted with key k2.`);
  expect(last.output()).toContain('No longer needed: k1. Remove it from SPOTIFY_TOKEN_KEY.');
  expect(await openAll(database.db, [NEW])).toBe(ACCOUNTS);
});

test('a rotation without the old key changes no token, names the accounts and fails', async () => {
  await using database = await openTestDatabase();
  await storeAccounts(database.db);
  await using withoutOldKey = rotate(database.url, keyRing(NEW));
  expect((await withoutOldKey.exited).code).toBe(78);
  expect(withoutOldKey.output()).toMatch(
    /No key in the ring decrypts the tokens of .*Person 4.*\. Restore the missing key, or reconnect these accounts/,
  );
  expect(await openAll(database.db, [OLD])).toBe(0);
});

test('a key stored by Segue is replaced by a new one, and removed when nothing needs it', async () => {
  await using database = await openTestDatabase();
  await storeAccounts(database.db);
  using home = temporaryFolder();
  mkdirSync(home.path, { recursive: true });
  const file = path.join(home.path, 'token-key');
  writeFileSync(file, `${keyRing(OLD)}\n`);
  await using run = startProcess({ script: 'server/commands/rotate-keys.ts', env: { DATABASE_URL: database.url, SEGUE_HOME: home.path } });
  expect(await run.exited, run.output()).toEqual({ code: 0, signal: null });
  expect(run.output()).toContain('No longer needed: k1. Removed.');
  const stored = readFileSync(file, 'utf8').trim();
  expect(stored).toMatch(/^k2:[^,]+$/);
  await openAll(database.db, [{ id: 'k2', key: Buffer.from(stored.slice(3), 'base64') }]);
});

test('the command that replaces the signing key says which key signs now, and the old one stays published', async () => {
  await using database = await openTestDatabase();
  using home = temporaryFolder();
  mkdirSync(home.path, { recursive: true });
  writeFileSync(path.join(home.path, 'token-key'), `${keyRing(OLD)}\n`);
  const env = { DATABASE_URL: database.url, SEGUE_HOME: home.path };
  const used: string[] = [];
  for (const round of [1, 2]) {
    await using run = startProcess({ script: 'server/commands/rotate-signing-key.ts', env });
    expect(await run.exited, run.output()).toEqual({ code: 0, signal: null });
    used.push(/Certificates are now signed with key ([0-9a-f]{64})\./.exec(run.output())?.[1] ?? '');
    if (round === 2) expect(run.output()).toContain(`The old key ${used[0]} stays published`);
  }
  const stored = await database.db.execute(sql`select fingerprint, valid_to is null as "isInUse" from signing_keys order by valid_from`);
  expect(stored.rows).toEqual([
    { fingerprint: used[0], isInUse: false },
    { fingerprint: used[1], isInUse: true },
  ]);
});
