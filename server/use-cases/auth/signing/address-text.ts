import { createPublicKey } from 'node:crypto';

/** SubjectPublicKeyInfo of an Ed25519 public key up to its 32 bytes (RFC 8410, section 4). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** What is signed for an address: nothing else that this key signs begins like it. */
export function addressText(subject: string, untilSeconds: number): string {
  return `segue address 1\n${subject}\n${untilSeconds}`;
}

/** The part of a key's fingerprint that an address names. */
export function addressKeyId(fingerprint: string): string {
  return fingerprint.slice(0, 16);
}

/** The Ed25519 public key of 32 bytes in hex. */
export function publicKeyOf(hex: string) {
  return createPublicKey({ key: Buffer.concat([SPKI_PREFIX, Buffer.from(hex, 'hex')]), format: 'der', type: 'spki' });
}
