import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Sealer } from '#server/deps.ts';
import type { TokenKey } from '#server/env.ts';

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
/** 96 bits: the length GCM is defined for without hashing. */
const IV_BYTES = 12;
/** 128 bits, checked on decryption: Node accepts shorter tags otherwise. */
const TAG_BYTES = 16;

/**
 * AES-256-GCM as `v1.kid.iv.ct.tag` (base64url). The first key encrypts, every key decrypts. Owner and key id are authenticated: a ciphertext that
 * was altered, moved to another owner or relabeled with another key id fails to decrypt, and the error does not say why.
 */
export function createSealer(keys: readonly TokenKey[]): Sealer {
  const [active] = keys;
  if (!active) throw new Error('A sealer needs at least one key.');
  const ring = new Map(keys.map(({ id, key }) => [id, key]));
  return {
    keyIds: keys.map(({ id }) => id),
    seal: (plain, owner) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, active.key, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(associatedData(owner, active.id));
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return [VERSION, active.id, ...[iv, text, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
    },
    open: (sealed, owner) => {
      const [version, id = '', ...encoded] = sealed.split('.');
      const [iv, text, tag] = encoded.map((part) => decodeCanonical(part));
      const key = ring.get(id);
      const hasValidFormat = version === VERSION && encoded.length === 3 && iv?.length === IV_BYTES && tag?.length === TAG_BYTES;
      if (!hasValidFormat || !text || !key)
        throw new Error(key || !id ? 'An encrypted value has an unknown format.' : `No key "${id}" in SPOTIFY_TOKEN_KEY to decrypt a stored value.`);
      const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(associatedData(owner, id));
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    },
  };
}

/** The length prefix keeps (owner, key id) pairs unambiguous. */
function associatedData(owner: string, keyId: string): Buffer {
  return Buffer.from(`${VERSION}|${keyId.length}|${keyId}|${owner}`);
}

/** Base64url allows several encodings of the same bytes; only the canonical one is accepted. */
function decodeCanonical(part: string): Buffer | undefined {
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : undefined;
}
