import { instantInput, patternInput } from '#shared/input-types.ts';
import { z } from 'zod';

/** Hex has one spelling for each value, so that no changed character of a file goes unnoticed. */
const bytes = (count: number) => patternInput(new RegExp(`^[0-9a-f]{${2 * count}}$`), `is not ${count} bytes in hex`);
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;

/**
 * The Ed25519 signature inside a file. `key` is the fingerprint, the SHA-256 of the public key. `value` covers every other field of the file (see
 * `signedText`). The public key is included so that the fingerprint alone suffices to verify, but proves nothing alone.
 */
export const fileSignature = z.strictObject({
  algorithm: z.literal('Ed25519'),
  key: bytes(KEY_BYTES),
  publicKey: bytes(KEY_BYTES),
  value: bytes(SIGNATURE_BYTES),
});
export type FileSignature = z.infer<typeof fileSignature>;

/** `/.well-known/segue-keys.json`: every key that has signed, newest first. `validTo` is null for the key in use. */
export const signingKeysFile = z.strictObject({
  kind: z.literal('segue signing keys'),
  version: z.literal(1),
  keys: z.array(
    z.strictObject({
      fingerprint: bytes(KEY_BYTES),
      algorithm: z.literal('Ed25519'),
      publicKey: bytes(KEY_BYTES),
      validFrom: instantInput,
      validTo: instantInput.nullable(),
    }),
  ),
});
export type SigningKeysFile = z.infer<typeof signingKeysFile>;
