import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

/** PKCS #8 of an Ed25519 private key up to its 32-byte seed (RFC 8410, section 7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
/** A DER-encoded Ed25519 public key ends with its 32 bytes (RFC 8410, section 4). */
const PUBLIC_KEY_BYTES = 32;

/** An Ed25519 key pair. `fingerprint` is the SHA-256 of the 32 bytes of the public key; both are in hex. */
export interface KeyPair {
  readonly fingerprint: string;
  readonly publicKey: string;
  /** The Ed25519 signature (RFC 8032) of the text's UTF-8 bytes, 64 bytes in hex. */
  readonly sign: (text: string) => string;
}

/** The Ed25519 key pair of a seed of 32 bytes. */
export function keyPairOf(seed: Uint8Array): KeyPair {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-PUBLIC_KEY_BYTES);
  return {
    fingerprint: createHash('sha256').update(publicKey).digest('hex'),
    publicKey: publicKey.toString('hex'),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('hex'),
  };
}
