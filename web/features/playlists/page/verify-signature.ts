import type { FileSignature, SigningKeysFile } from '#shared/contracts/auth/signature.ts';
import { signedText } from '#shared/domain/auth/signed-text.ts';

/** The result of checking a certificate's signature in the browser. */
export type SignatureVerdict =
  | { readonly kind: 'signed'; readonly key: string }
  | { readonly kind: 'refused'; readonly reason: string }
  /** This browser has no Ed25519, or the page was not loaded over https or from this machine. */
  | { readonly kind: 'unavailable' };

interface SignedFile {
  readonly kind: string;
  readonly signature?: FileSignature;
}

/** Downloads a certificate and the server's public keys and checks the signature with Web Crypto. Throws when the server cannot be reached. */
export async function verifySignature(address: string): Promise<SignatureVerdict> {
  // Web Crypto is missing on insecure pages, which its type does not say.
  const subtle = (globalThis.crypto as Partial<Crypto> | undefined)?.subtle;
  if (!subtle) return { kind: 'unavailable' };
  const file = await readJson<SignedFile>(address);
  // Read afterwards, because the first certificate after a change of keys may be the first use of its key.
  const { keys } = await readJson<SigningKeysFile>('/.well-known/segue-keys.json');
  const { signature } = file;
  if (!signature) return { kind: 'refused', reason: 'The certificate is not signed.' };
  const known = keys.find(({ fingerprint }) => fingerprint === signature.key);
  if (!known) return { kind: 'refused', reason: 'The key that signed the certificate is not one of this server’s keys.' };
  const key = await subtle.importKey('raw', bytesOf(known.publicKey), 'Ed25519', false, ['verify']).catch(() => undefined);
  if (!key) return { kind: 'unavailable' };
  const text = new TextEncoder().encode(signedText({ ...file, signature }));
  const isSigned = await subtle.verify('Ed25519', key, bytesOf(signature.value), text);
  return isSigned ? { kind: 'signed', key: known.fingerprint } : { kind: 'refused', reason: 'The certificate was changed after it was signed.' };
}

async function readJson<T>(address: string): Promise<T> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} was answered with ${response.status}.`);
  return (await response.json()) as T;
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
}
