import type { Deps } from '#server/deps.ts';
import type { AssetRow } from '#server/repos/studio/assets.ts';
import { loadAddressSigner } from '#server/use-cases/auth/signing/load-address-signer.ts';
import type { SigningDeps } from '#server/use-cases/auth/signing/new-signing-key.ts';
import type { SharedAsset } from '#shared/contracts/studio/library/sharing.ts';
import { HOUR_MS } from '#shared/domain/calendar.ts';
import type { AssetId } from '#shared/ids.ts';

/** Addresses end on the hour, so that a browser that comes back within it finds its pictures again. */
const ADDRESS_MS = HOUR_MS;

/** What the signature of a file's address covers: the file and its previews. */
export function fileSubject(id: AssetId): string {
  return `/files/${id}`;
}

/** Assets with signed addresses that end after one or two hours, and never after `endsAt`. */
export async function toSharedAssets(
  deps: SigningDeps,
  rows: readonly AssetRow[],
  endsAt: Date | null,
): Promise<{ readonly assets: readonly SharedAsset[]; readonly expiresAt: string }> {
  const sign = await loadAddressSigner(deps);
  const expires = addressEnd(deps, endsAt);
  const assets = rows.map(({ id, mediaType, width, height, seconds, bytes, thumbhash, createdAt }) => {
    const query = sign(fileSubject(id), expires);
    const form = (name: string) => `/files/${id}${name}?${query}`;
    return {
      id,
      url: form(''),
      previews: { 64: form('/64'), 300: form('/300'), 640: form('/640') },
      downloadUrl: form('/download'),
      mediaType,
      width,
      height,
      seconds,
      bytes,
      thumbhash: thumbhash && Buffer.from(thumbhash).toString('base64'),
      createdAt: createdAt.toISOString(),
    };
  });
  return { assets, expiresAt: expires.toISOString() };
}

function addressEnd({ now }: Pick<Deps, 'now'>, endsAt: Date | null): Date {
  const hour = new Date((Math.floor(now().getTime() / ADDRESS_MS) + 2) * ADDRESS_MS);
  return endsAt && endsAt < hour ? endsAt : hour;
}
