import { createSealer } from '#server/runtime/sealer.ts';
import { openToken, sealToken } from '#server/use-cases/accounts/token-seals.ts';
import { accountId } from '#shared/ids.ts';
import * as fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';

const newKey = (id: string) => ({ id, key: randomBytes(32) });

test('what is sealed for an owner opens for that owner, whatever the text and the name', () => {
  const sealer = createSealer([newKey('k1')]);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, owner) => {
      expect(sealer.open(sealer.seal(plain, owner), owner)).toBe(plain);
    }),
  );
});

test('no flipped bit anywhere in a sealed text goes unnoticed', () => {
  const sealer = createSealer([newKey('k1'), newKey('k2')]);
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 40 }), fc.nat(), fc.integer({ min: 0, max: 7 }), (plain, place, bit) => {
      const bytes = Buffer.from(sealer.seal(plain, 'accounts|a'));
      const at = place % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
      expect(() => sealer.open(bytes.toString('latin1'), 'accounts|a')).toThrow(Error);
    }),
    { numRuns: 10_000 },
  );
});

test('a text sealed for one owner does not open for another', () => {
  const sealer = createSealer([newKey('k1')]);
  fc.assert(
    fc.property(fc.string(), fc.string(), (owner, other) => {
      fc.pre(owner !== other);
      expect(() => sealer.open(sealer.seal('token', owner), other)).toThrow(Error);
    }),
  );
});

test('a token of one row or column opens in no other', () => {
  const sealer = createSealer([newKey('k1')]);
  const place = fc.record({
    id: fc.uuid().map((id) => accountId.parse(id)),
    column: fc.constantFrom('sealed_access_token' as const, 'sealed_refresh_token' as const),
  });
  fc.assert(
    fc.property(fc.string(), place, place, (token, here, there) => {
      fc.pre(here.id !== there.id || here.column !== there.column);
      const sealed = sealToken(sealer, token, here);
      expect(openToken(sealer, sealed, here)).toBe(token);
      expect(() => openToken(sealer, sealed, there)).toThrow(Error);
    }),
    { numRuns: 2_000 },
  );
});

test('a shortened tag is refused, even by a prefix of the right one', () => {
  const sealer = createSealer([newKey('k1')]);
  const [version, id, iv, text, tag = ''] = sealer.seal('token', 'o').split('.');
  for (const bytes of [0, 4, 8, 12, 15]) {
    const short = Buffer.from(tag, 'base64url').subarray(0, bytes).toString('base64url');
    expect(() => sealer.open([version, id, iv, text, short].join('.'), 'o')).toThrow(/unknown format/);
  }
});

test('after a rotation old texts still open and new ones are sealed with the new key', () => {
  const [old, fresh] = [newKey('2025'), newKey('2026')];
  const before = createSealer([old]).seal('token', 'o');
  const rotated = createSealer([fresh, old]);
  expect(rotated.open(before, 'o')).toBe('token');
  expect(rotated.seal('token', 'o')).toMatch(/^v1\.2026\./);
  expect(() => createSealer([fresh]).open(before, 'o')).toThrow('No key "2025" in SPOTIFY_TOKEN_KEY');
});

test('a text relabeled with another key of the ring does not open', () => {
  const key = randomBytes(32);
  const sealer = createSealer([
    { id: 'a', key },
    { id: 'b', key },
  ]);
  expect(() => sealer.open(sealer.seal('token', 'o').replace('v1.a.', 'v1.b.'), 'o')).toThrow(Error);
});

test('the same text sealed twice is not the same text', () => {
  const sealer = createSealer([newKey('k1')]);
  expect(sealer.seal('token', 'o')).not.toBe(sealer.seal('token', 'o'));
});
