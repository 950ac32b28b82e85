import type { Deps } from '#server/deps.ts';
import { listSigningKeyRows } from '#server/repos/auth/signing-keys.ts';
import { AppError } from '#shared/errors.ts';
import { verify } from 'node:crypto';
import { addressKeyId, addressText, publicKeyOf } from './address-text.ts';

/** The query of a signed address, as it came. */
export interface AddressQuery {
  readonly until: string;
  /** The key that signed it. An address may not have a parameter “key”: admin keys would look like it. */
  readonly signer: string;
  readonly signature: string;
}

/** Returns until when a signed address lets somebody read the subject; replaced keys count, too. Throws `not_found` for a wrong signature and `gone` when it is past. */
export async function checkAddress(deps: Pick<Deps, 'db' | 'now'>, subject: string, { until, signer, signature }: AddressQuery): Promise<Date> {
  const rows = /^\d{1,12}$/.test(until) && signature.length < 200 ? await listSigningKeyRows(deps.db) : [];
  const row = rows.find(({ fingerprint }) => addressKeyId(fingerprint) === signer);
  const bytes = Buffer.from(signature, 'base64url');
  // One form only: an address that was changed in unused bits is another address.
  const isExact = bytes.toString('base64url') === signature;
  if (!row || !isExact || !verify(null, Buffer.from(addressText(subject, Number(until))), publicKeyOf(row.publicKey), bytes))
    throw new AppError('not_found', { message: 'There is nothing at this address.', remedy: 'Check the address.' });
  const end = new Date(Number(until) * 1000);
  if (end <= deps.now()) throw new AppError('gone', { message: 'This address has expired.', remedy: 'Open the page again that showed it.' });
  return end;
}
