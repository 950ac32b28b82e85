import type { Deps } from '#server/deps.ts';
import type { PlaylistImage } from '#server/providers/playlist-ports.ts';
import { withAccessToken } from '#server/use-cases/accounts/with-access-token.ts';
import { isSamePicture } from '#server/use-cases/sync/covers/same-picture.ts';
import { listSentUploads } from '#server/repos/covers/cover-uploads.ts';
import type { NetworkCopy } from '#server/repos/covers/cover-uploads.ts';
import type { ShownCover } from '#shared/contracts/covers/uploads.ts';
import { COVER_JPEG_BYTES_MAX, COVER_SIDE } from '#shared/domain/covers/type/cover-size.ts';
import { AppError } from '#shared/errors.ts';
import type { AccountId, SpotifyPlaylistId } from '#shared/ids.ts';

interface Asked {
  readonly accountId: AccountId;
  readonly id: SpotifyPlaylistId;
  readonly signal: AbortSignal;
}

/** Pictures of ours that a shown one is compared with. */
const COMPARED = 5;

/** What a playlist shows now, and a copy of it that could be uploaded again. */
export interface ShownPicture {
  readonly shows: ShownCover;
  readonly key: string | null;
  /** Undefined for a mosaic, for none, and when it cannot be downloaded. */
  readonly jpeg: Uint8Array | undefined;
}

/** The picture that Spotify shows for a playlist, the largest; undefined when there is none. */
export async function readShownImage(deps: Deps, { accountId, id, signal }: Asked): Promise<PlaylistImage | undefined> {
  const budget = deps.accountBudget(accountId);
  return (await withAccessToken(deps, accountId, (token) => deps.playlistHost.readImages({ token, budget }, id, signal)))[0];
}

/** Reads and downloads what a playlist shows, and finds out whether Segue uploaded it. */
export async function readShownPicture(deps: Deps, asked: Asked & { readonly copy: NetworkCopy | undefined }): Promise<ShownPicture> {
  const image = await readShownImage(deps, asked);
  if (!image) return { shows: 'none', key: null, jpeg: undefined };
  if (image.origin === 'mosaic') return { shows: 'mosaic', key: image.key, jpeg: undefined };
  const file = await deps.playlistHost.downloadImage(image, asked.signal).catch((error: unknown) => {
    if (error instanceof AppError) return undefined;
    throw error;
  });
  const isOurs = await isUploadedByUs(deps, { image, file, ...asked });
  return { shows: isOurs ? 'ours' : 'other', key: image.key, jpeg: file && (await restorable(deps, file)) };
}

async function isUploadedByUs(
  deps: Deps,
  { image, file, id, copy }: Asked & { image: PlaylistImage; file: Uint8Array | undefined; copy: NetworkCopy | undefined },
): Promise<boolean> {
  const sent = await listSentUploads(deps.db, id, COMPARED);
  if (copy?.coverKey === image.key || sent.some(({ receipt }) => receipt?.key === image.key)) return true;
  if (!file) return false;
  const ours = [copy?.coverSha256, ...sent.map(({ plan }) => plan.after.sha256)].filter((sha256) => typeof sha256 === 'string');
  for (const sha256 of new Set(ours)) if (await isSamePicture(deps, file, sha256)) return true;
  return false;
}

/** The downloaded file when Spotify would take it as it is; else written again. Undefined when it is no picture. */
async function restorable({ coverFiles }: Pick<Deps, 'coverFiles'>, file: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const { mediaType } = await coverFiles.probeImage(file);
    if (mediaType === 'image/jpeg' && file.length <= COVER_JPEG_BYTES_MAX) return file;
    return (await coverFiles.fitJpeg(await coverFiles.decodeSquare(file, COVER_SIDE), { bytesMax: COVER_JPEG_BYTES_MAX })).bytes;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
