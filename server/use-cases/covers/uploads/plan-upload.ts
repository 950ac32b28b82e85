import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { PlanUploadInput, UploadView } from '#shared/contracts/covers/uploads.ts';
import { parseSpotifyLink } from '#shared/domain/catalog/spotify-link.ts';
import { AppError } from '#shared/errors.ts';
import { spotifyPlaylistId } from '#shared/ids.ts';
import type { SpotifyPlaylistId } from '#shared/ids.ts';
import { requireOwnCover, stepMissing } from '../projects/own-cover.ts';
import { storeUploadPlan } from './store-plan.ts';
import { uploadTarget } from './upload-target.ts';
import { uploadView } from './upload-view.ts';

const PATIENCE_MS = 30_000;

/**
 * Plans the upload of a finished cover: what the playlist shows now, a copy of it, and what replaces it. Writes nothing to Spotify. Throws `conflict`
 * while the cover is not finished, `invalid_input` for a wrong link, and `forbidden` or `not_found` for a playlist whose cover the actor cannot change.
 */
export async function planUpload(
  deps: Deps,
  actor: Actor,
  input: PlanUploadInput & { readonly signal?: AbortSignal | undefined },
): Promise<UploadView> {
  const cover = await requireOwnCover(deps, actor, input.coverId);
  if (cover.resultAssetId === null) throw stepMissing('This cover is not finished yet.', 'Set the type first.');
  if (cover.steps.type?.state !== 'ready') {
    throw stepMissing(
      'The finished cover is older than its words, its picture or its music.',
      'Set the type again, so that you upload what you see.',
    );
  }
  const id = input.playlist === undefined ? (await uploadTarget(deps, cover))?.spotifyPlaylistId : playlistOf(input.playlist);
  if (!id)
    throw new AppError('invalid_input', {
      message: 'This cover was not made from a playlist on Spotify.',
      remedy: 'Paste the link of your playlist.',
      field: 'playlist',
    });
  const limit = AbortSignal.timeout(PATIENCE_MS);
  const signal = input.signal ? AbortSignal.any([input.signal, limit]) : limit;
  return uploadView(
    deps,
    await storeUploadPlan(deps, actor, { coverId: cover.id, spotifyPlaylistId: id, assetId: cover.resultAssetId, isRestore: false, signal }),
  );
}

function playlistOf(link: string): SpotifyPlaylistId {
  const parsed = parseSpotifyLink(link, 'playlist');
  const id = parsed.kind === 'ok' && parsed.type === 'playlist' ? spotifyPlaylistId.safeParse(parsed.id) : undefined;
  if (id?.success) return id.data;
  throw new AppError('invalid_input', {
    message: 'This is not the link of a Spotify playlist.',
    remedy: 'In Spotify choose Share, then Copy link, at the playlist, and paste that link.',
    field: 'playlist',
  });
}
