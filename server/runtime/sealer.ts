import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Sealer } from '#server/deps.ts';
import type { TokenKey } from '#server/env.ts';

const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
/** 96 bits: the length GCM is defined for without hashing. */
const IV_BYTES = 12;
/** 128 bits, checked on opening: Node accepts shorter tags unless told not to. */
const TAG_BYTES = 16;

/**
 * AES-256-GCM as `v1.kid.iv.ct.tag` (base64url). The first key seals, every key opens. Owner and key id are authenticated: a text that was altered,
 * moved to another owner or renamed to another key does not open, and the error says nothing of why.
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
      cipher.setAAD(boundTo(owner, active.id));
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return [VERSION, active.id, ...[iv, text, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
    },
    open: (sealed, owner) => {
      const [version, id = '', ...encoded] = sealed.split('.');
      const [iv, text, tag] = encoded.map((part) => decodeExactly(part));
      const key = ring.get(id);
      const isWellFormed = version === VERSION && encoded.length === 3 && iv?.length === IV_BYTES && tag?.length === TAG_BYTES;
      if (!isWellFormed || !text || !key)
        throw new Error(key || !id ? 'A sealed text is not of a known form.' : `No key "${id}" in SPOTIFY_TOKEN_KEY to open a sealed text.`);
      const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(boundTo(owner, id));
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    },
  };
}

/** Lengths first, so that no two pairs of owner and key read the same. */
function boundTo(owner: string, keyId: string): Buffer {
  return Buffer.from(`${VERSION}|${keyId.length}|${keyId}|${owner}`);
}

/** Base64url has several spellings of the same bytes; only the one we write counts. */
function decodeExactly(part: string): Buffer | undefined {
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : undefined;
}
