import { signingKeysFile } from '#shared/contracts/auth/signature.ts';
import type { FileSignature, SigningKeysFile } from '#shared/contracts/auth/signature.ts';
import { signedText } from '#shared/domain/auth/signed-text.ts';
import { createHash, createPublicKey, verify } from 'node:crypto';

/** A key that the verifying person trusts: a fingerprint or public key in hex, or one of a keys file with the time in which it signed. */
export type TrustedKey = string | SigningKeysFile['keys'][number];

export type SignatureCheck = { readonly kind: 'signed'; readonly key: string } | { readonly kind: 'refused'; readonly reason: string };

/** An Ed25519 public key in DER up to its 32 bytes (RFC 8410, section 4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
/** Clocks of two processes may differ this much around a change of keys. */
const CLOCK_TOLERANCE_MS = 300_000;

/** Parses a keys file (`/.well-known/segue-keys.json`). Undefined for any other text, and when a fingerprint is not that of its public key. */
export function parseKeysFile(text: string): readonly TrustedKey[] | undefined {
  try {
    const { keys } = signingKeysFile.parse(JSON.parse(text));
    return keys.every(({ fingerprint, publicKey }) => fingerprint === fingerprintOf(publicKey)) ? keys : undefined;
  } catch {
    return undefined;
  }
}

/** Checks that a trusted key signed the file at `at`, a time the file states. The public key in the file is used only when its fingerprint is trusted. */
export function checkSignature(
  name: string,
  file: { readonly kind: string; readonly signature: FileSignature },
  { trusted, at }: { readonly trusted: readonly TrustedKey[]; readonly at: string },
): SignatureCheck {
  const { key, publicKey, value } = file.signature;
  if (key !== fingerprintOf(publicKey)) return refused(`The fingerprint in the signature of ${name} is not that of its public key.`);
  const known = trusted.find((one) => (typeof one === 'string' ? one === key || one === publicKey : one.fingerprint === key));
  if (known === undefined && trusted.length === 0)
    return refused(
      `${capitalized(name)} is signed with key ${key}. Name a key that you trust: --key FINGERPRINT, or --key with the operator’s keys file.`,
    );
  if (known === undefined) return refused(`${capitalized(name)} is signed with key ${key}, which is not one of the keys you trust.`);
  const spki = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, Buffer.from(publicKey, 'hex')]), format: 'der', type: 'spki' });
  if (!verify(null, Buffer.from(signedText(file)), spki, Buffer.from(value, 'hex')))
    return refused(`The signature of ${name} does not match: it was changed after it was signed.`);
  if (typeof known !== 'string' && !wasInUse(known, at))
    return refused(`${capitalized(name)} states ${at}, when key ${key} was not in use (${known.validFrom} to ${known.validTo ?? 'today'}).`);
  return { kind: 'signed', key };
}

function wasInUse({ validFrom, validTo }: Exclude<TrustedKey, string>, at: string): boolean {
  const [from, to, time] = [Date.parse(validFrom), validTo === null ? Number.POSITIVE_INFINITY : Date.parse(validTo), Date.parse(at)];
  return time >= from - CLOCK_TOLERANCE_MS && time <= to + CLOCK_TOLERANCE_MS;
}

function fingerprintOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'hex')).digest('hex');
}

function refused(reason: string): SignatureCheck {
  return { kind: 'refused', reason };
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
