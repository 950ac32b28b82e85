import { createHash, timingSafeEqual } from 'node:crypto';

/** Hex SHA-256. Secrets that only have to be recognized are stored this way. */
export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Compares two hex digests in time that does not depend on where they differ. */
export function isSameDigest(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left, 'hex'), Buffer.from(right, 'hex')];
  return a.length === b.length && a.length > 0 && timingSafeEqual(a, b);
}

/** Splits ADMIN_API_KEY, which lists the new key first while an old one is still accepted: `new,old`. */
export function splitAdminKeys(setting: string): string[] {
  return setting.split(',').map((key) => key.trim());
}

/** Ties an admin session to the key it was opened with, without a digest that could be compared between sessions. */
export function adminKeyTag(keyDigest: string, idHash: string): string {
  return digest(`${keyDigest}:${idHash}`);
}

/** PKCE S256 challenge of a verifier (RFC 7636 §4.2). */
export function pkceChallenge(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
