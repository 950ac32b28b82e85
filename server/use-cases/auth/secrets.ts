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

/** PKCE S256 challenge of a verifier (RFC 7636 §4.2). */
export function pkceChallenge(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
