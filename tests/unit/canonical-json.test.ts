import { canonicalJson, sortedEntries } from '#shared/domain/canonical-json.ts';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('key order and undefined fields do not change the text', () => {
  const value = { b: [{ d: 1, c: undefined }, undefined, null], a: 'x', Z: 1.5 };
  expect(canonicalJson(value)).toBe('{"Z":1.5,"a":"x","b":[{"d":1},null,null]}');
  expect(canonicalJson({ Z: 1.5, b: [{ c: undefined, d: 1 }, undefined, null], a: 'x' })).toBe(canonicalJson(value));
});

test('a stored hash still names the same value', () => {
  expect(sha256(canonicalJson({ version: 2, steps: [{ kind: 'add', uris: ['u1'], at: 0 }], name: 'Ü “x” 😀', nothing: null }))).toBe(
    'b1803aac4d6c493187523581998fa303dd023fb1b808f56dddead891ef2813d0',
  );
  expect(sha256(JSON.stringify([sortedEntries({ kind: 'create', theme: 'Soul', account: 'a1' })]))).toBe(
    'ca4525a57c8d6dcc1f325e894a15e48bd9eb93d41268cd9b5e7e22d388449455',
  );
});
