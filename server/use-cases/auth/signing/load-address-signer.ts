import { addressKeyId, addressText } from './address-text.ts';
import type { SigningDeps } from './new-signing-key.ts';
import { prepareSigningKey } from './prepare-signing-key.ts';

/** Signs the right to read something until an instant; returns the query of the address. */
export type AddressSigner = (subject: string, until: Date) => string;

/** Returns a function that signs addresses with the key in use. Such addresses last hours, so the key is not marked as used. Throws like `prepareSigningKey`. */
export async function loadAddressSigner(deps: SigningDeps): Promise<AddressSigner> {
  const { fingerprint, sign } = await prepareSigningKey(deps);
  return (subject, until) => {
    const seconds = Math.floor(until.getTime() / 1000);
    const signature = Buffer.from(sign(addressText(subject, seconds)), 'hex').toString('base64url');
    return `until=${seconds}&signer=${addressKeyId(fingerprint)}&signature=${signature}`;
  };
}
