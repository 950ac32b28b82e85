import type { Deps } from '#server/deps.ts';
import { listSigningKeyRows } from '#server/repos/auth/signing-keys.ts';
import type { SigningKeysFile } from '#shared/contracts/auth/signature.ts';

/** The public keys of this server, the one in use and the replaced ones, newest first. */
export async function publishSigningKeys(deps: Pick<Deps, 'db'>): Promise<SigningKeysFile> {
  const rows = await listSigningKeyRows(deps.db);
  return {
    kind: 'segue signing keys',
    version: 1,
    keys: rows.map(({ fingerprint, publicKey, validFrom, validTo }) => ({
      fingerprint,
      algorithm: 'Ed25519',
      publicKey,
      validFrom: validFrom.toISOString(),
      validTo: validTo?.toISOString() ?? null,
    })),
  };
}
