import { signingKeys } from '#drizzle/schema/index.ts';
import { SYSTEM } from '#server/actor.ts';
import { parseKeysFile, checkSignature } from '#server/commands/certificate/trusted-keys.ts';
import { createSealer } from '#server/runtime/sealer.ts';
import { rotateKeys } from '#server/use-cases/accounts/rotate-keys.ts';
import { loadSigner } from '#server/use-cases/auth/signing/load-signer.ts';
import { prepareSigningKey } from '#server/use-cases/auth/signing/prepare-signing-key.ts';
import { publishSigningKeys } from '#server/use-cases/auth/signing/publish-signing-keys.ts';
import { rotateSigningKey } from '#server/use-cases/auth/signing/rotate-signing-key.ts';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { createTestSigner } from '#tests/support/certificates/forge.ts';
import { startProcess } from '#tests/support/processes/real-process.ts';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';

type Deps = TestApp['deps'];

const STATEMENT = { kind: 'test', day: '2026-11-21' };
const seedOf = (fill: number) => Buffer.alloc(32, fill);
const withSeed = (deps: Deps, fill: number): Deps => ({ ...deps, signingSeed: seedOf(fill) });
const withTokenKey = (deps: Deps, ...ids: readonly string[]): Deps => ({
  ...deps,
  sealer: createSealer(ids.map((id) => ({ id, key: Buffer.alloc(32, id) }))),
});
const keyInUse = async (deps: Deps) =>
  (await publishSigningKeys(deps)).keys.filter(({ validTo }) => validTo === null).map(({ fingerprint }) => fingerprint);
const verifies = async (deps: Deps, file: ReturnType<Awaited<ReturnType<typeof loadSigner>>>, at: Date) =>
  checkSignature(
    'the file',
    { ...file, kind: file.kind },
    { trusted: parseKeysFile(JSON.stringify(await publishSigningKeys(deps))) ?? [], at: at.toISOString() },
  );

describe('the signing key', () => {
  test('is made at the first start, stored encrypted, and the same for processes that start at once', async () => {
    await using app = await startTestApp();
    const pairs = await Promise.all(Array.from({ length: 6 }, () => prepareSigningKey(app.deps)));
    expect(new Set(pairs.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    const rows = await app.deps.db.select().from(signingKeys);
    expect(rows).toMatchObject([
      { fingerprint: pairs[0]?.fingerprint, sealedSeed: expect.stringMatching(/^v1\.test\./), validTo: null, firstSignedAt: null },
    ]);
    await loadSigner(app.deps);
    expect((await app.deps.db.select().from(signingKeys))[0]?.firstSignedAt).toBeInstanceOf(Date);
  });

  test('of SEGUE_SIGNING_KEY is used and not stored', async () => {
    await using app = await startTestApp({ env: { SEGUE_SIGNING_KEY: seedOf(5).toString('base64') } });
    const file = (await loadSigner(app.deps))(STATEMENT);
    expect(file.signature.key).toBe(createTestSigner(seedOf(5)).key);
    expect(await verifies(app.deps, file, app.clock.now())).toEqual({ kind: 'signed', key: file.signature.key });
    expect(await app.deps.db.select().from(signingKeys)).toMatchObject([{ fingerprint: file.signature.key, sealedSeed: null }]);
  });

  const unusable: readonly (readonly [string, (deps: Deps) => Deps | Promise<Deps>, RegExp])[] = [
    [
      'is encrypted with a token key that is gone',
      (deps) => withTokenKey(deps, 'k2'),
      /needs the token key “k1”, which is not in SPOTIFY_TOKEN_KEY\.$/,
    ],
    [
      'is encrypted with a new token key under the same name',
      (deps) => ({ ...deps, sealer: createSealer([{ id: 'k1', key: randomBytes(32) }]) }),
      /its stored text or the token key “k1” was changed\.$/,
    ],
    [
      'was altered in the database',
      async (deps) => {
        const [row] = await deps.db.select().from(signingKeys);
        await deps.db.update(signingKeys).set({ sealedSeed: `${row?.sealedSeed?.slice(0, -4)}AAAA` });
        return deps;
      },
      /its stored text or the token key “k1” was changed\.$/,
    ],
    ['is not the one that SEGUE_SIGNING_KEY now names', (deps) => withSeed(deps, 6), /is not the one of SEGUE_SIGNING_KEY\.$/],
  ];
  test.for(unusable)('that %s refuses the start once it has signed, and is replaced before', async ([, change, says]) => {
    await using app = await startTestApp();
    const deps = withTokenKey(app.deps, 'k1');
    const first = await prepareSigningKey(deps);
    const unsigned = await prepareSigningKey(await change(deps));
    expect(unsigned.fingerprint).not.toBe(first.fingerprint);
    expect(await keyInUse(deps)).toEqual([unsigned.fingerprint]);

    await app.deps.db.delete(signingKeys);
    await loadSigner(deps);
    const changed = await change(deps);
    const refusal = { code: 'provider_unavailable', message: expect.stringMatching(says), remedy: expect.stringContaining('npm run signing:rotate') };
    await expect(prepareSigningKey(changed)).rejects.toMatchObject(refusal);
    await expect(loadSigner(changed)).rejects.toMatchObject(refusal);
  });

  test(
    'that was in SEGUE_SIGNING_KEY and is missing refuses the start of the real process, which names the remedy',
    { timeout: 120_000 },
    async () => {
      await using app = await startTestApp();
      await loadSigner(withSeed(app.deps, 5));
      await using run = startProcess({
        script: 'jobs/main.ts',
        env: {
          DATABASE_URL: app.databaseUrl,
          SPOTIFY_CLIENT_ID: 'segue',
          ADMIN_API_KEY: 'an-admin-key-of-no-consequence',
          SPOTIFY_TOKEN_KEY: `k1:${seedOf(7).toString('base64')}`,
        },
      });
      expect(await run.exited, run.output()).toMatchObject({ code: 78 });
      expect(run.output()).toContain('is missing: it was in SEGUE_SIGNING_KEY. Set SEGUE_SIGNING_KEY to it again.');
      expect(run.output()).toContain('npm run signing:rotate');
    },
  );
});

describe('a change of the signing key', () => {
  test('keeps the old public key with its dates, forgets its private half, and reaches every process at once', async () => {
    await using app = await startTestApp({ at: '2026-11-21T05:00:00Z' });
    const before = (await loadSigner(app.deps))(STATEMENT);
    const other: Deps = { ...app.deps };
    app.clock.advance(3_600_000);
    const { fingerprint, replaced } = await rotateSigningKey(app.deps, SYSTEM);
    expect(replaced).toBe(before.signature.key);
    const after = (await loadSigner(other))(STATEMENT);
    expect(after.signature.key).toBe(fingerprint);
    const { keys } = await publishSigningKeys(app.deps);
    expect(keys).toMatchObject([
      { fingerprint, validTo: null },
      { fingerprint: replaced, publicKey: before.signature.publicKey },
    ]);
    expect(keys[1]?.validTo).toBe(keys[0]?.validFrom);
    const rows = await app.deps.db.select().from(signingKeys);
    expect(rows.find((row) => row.fingerprint === replaced)?.sealedSeed).toBeNull();
    // Further from the change than the clocks of two processes may differ.
    app.clock.advance(3_600_000);
    const [earlier, now] = [new Date('2026-11-21T05:00:00Z'), app.clock.now()];
    expect(await verifies(app.deps, before, earlier)).toMatchObject({ kind: 'signed', key: replaced });
    expect(await verifies(app.deps, after, now)).toMatchObject({ kind: 'signed', key: fingerprint });
    // A stolen old key does not sign the present.
    expect(await verifies(app.deps, before, now)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('was not in use') });
    expect(await verifies(app.deps, after, earlier)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('was not in use') });
  });

  test('goes to and from SEGUE_SIGNING_KEY, also when the old key is lost, but never back to a key that was replaced', async () => {
    await using app = await startTestApp();
    await loadSigner(app.deps);
    const given = withSeed(app.deps, 5);
    await rotateSigningKey(given, SYSTEM);
    expect((await loadSigner(given))(STATEMENT).signature.key).toBe(createTestSigner(seedOf(5)).key);
    await expect(rotateSigningKey(given, SYSTEM)).rejects.toMatchObject({
      code: 'conflict',
      message: 'SEGUE_SIGNING_KEY is already the key in use.',
    });
    // The variable is gone: only a rotation helps.
    await expect(loadSigner(app.deps)).rejects.toMatchObject({ code: 'provider_unavailable' });
    await rotateSigningKey(app.deps, SYSTEM);
    await loadSigner(app.deps);
    await expect(loadSigner(given)).rejects.toMatchObject({ code: 'provider_unavailable' });
    const message = 'SEGUE_SIGNING_KEY was used before and has been replaced.';
    await expect(rotateSigningKey(given, SYSTEM)).rejects.toMatchObject({ code: 'conflict', message });
    expect(await keyInUse(app.deps)).toHaveLength(1);
    await expect(rotateSigningKey(app.deps, { kind: 'anonymous' })).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

test('a change of the token key encrypts the signing key again, and reports one that it cannot read', async () => {
  await using app = await startTestApp();
  const old = withTokenKey(app.deps, 'k1');
  const { signature } = (await loadSigner(old))(STATEMENT);
  const both = withTokenKey(app.deps, 'k2', 'k1');
  expect(await rotateKeys(withTokenKey(app.deps, 'k2'), SYSTEM)).toMatchObject({ signingKey: 'unreadable' });
  expect(await rotateKeys(both, SYSTEM)).toMatchObject({ signingKey: 'resealed', unneeded: ['k1'], needed: [] });
  expect(await rotateKeys(both, SYSTEM)).toMatchObject({ signingKey: 'unchanged' });
  expect((await loadSigner(withTokenKey(app.deps, 'k2')))(STATEMENT).signature.key).toBe(signature.key);
});

test('the public keys are open to everyone, and the private half is in no answer', async () => {
  await using app = await startTestApp({ http: true });
  await loadSigner(app.deps);
  const answer = await fetch(`${app.baseUrl}/.well-known/segue-keys.json`);
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect(parseKeysFile(text)).toHaveLength(1);
  const [row] = await app.deps.db.select().from(signingKeys);
  expect(Object.keys((JSON.parse(text) as { keys: object[] }).keys[0] ?? {})).toEqual([
    'fingerprint',
    'algorithm',
    'publicKey',
    'validFrom',
    'validTo',
  ]);
  expect(text).not.toContain(row?.sealedSeed);
  // A keys file in which a fingerprint stands for another key is not a keys file.
  expect(parseKeysFile(text.replace(row?.publicKey ?? '', createTestSigner(seedOf(1)).publicKey))).toBeUndefined();
});
