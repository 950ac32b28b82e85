import { markSigningKeyUsed } from '#server/repos/auth/signing-keys.ts';
import { AppError } from '#shared/errors.ts';
import type { FileSignature } from '#shared/contracts/auth/signature.ts';
import { signedText } from '#shared/domain/auth/signed-text.ts';
import { prepareSigningKey } from './prepare-signing-key.ts';
import type { SigningDeps } from './new-signing-key.ts';

/** Signs a file that names its kind. */
export type Signer = <T extends { readonly kind: string }>(content: T) => T & { readonly signature: FileSignature };

/**
 * Returns a function that signs with the key in use. The key is read from the database each time, so that every process changes it at the same moment.
 * Throws like `prepareSigningKey`, and when the key is replaced in the meantime.
 */
export async function loadSigner(deps: SigningDeps): Promise<Signer> {
  const { fingerprint, publicKey, sign } = await prepareSigningKey(deps);
  if (!(await markSigningKeyUsed(deps.db, fingerprint, deps.now())))
    throw new AppError('provider_unavailable', { message: 'The signing key is being replaced.', remedy: 'Try again in a moment.' });
  return (content) => {
    const unsigned = { ...content, signature: { algorithm: 'Ed25519', key: fingerprint, publicKey } as const };
    return { ...unsigned, signature: { ...unsigned.signature, value: sign(signedText(unsigned)) } };
  };
}
