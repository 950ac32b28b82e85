import { z } from 'zod';

/** The parts of Spotify's responses that Segue reads. A missing optional field becomes null, never a default value. */

const INTEGER_MAX = 2_147_483_647;
const SMALLINT_MAX = 32_767;
/** Far beyond every measured value. */
const FEATURE_MAX = 100_000;

/** A default, because a transform costs twice as much and an album has a hundred such fields. */
const orNull = <S extends z.ZodType>(schema: S) => schema.nullable().default(null);

/** Like `orNull`, but an unreadable value counts as missing too, so that one odd field or item does not cost the rest of its album. */
export const readableOrNull = <S extends z.ZodType>(schema: S) => schema.nullable().default(null).catch(null);

const artistWire = z.object({ id: readableOrNull(z.string()), name: readableOrNull(z.string()) });
export const artistsWire = readableOrNull(z.array(readableOrNull(artistWire)));
export type ArtistsWire = z.output<typeof artistsWire>;

/** A simplified track (inside an album) or a full one, which adds the ISRC and, in older profiles, popularity. */
export const trackWire = z.object({
  id: readableOrNull(z.string()),
  name: readableOrNull(z.string()),
  type: readableOrNull(z.string()),
  duration_ms: z.number().nonnegative().max(INTEGER_MAX),
  explicit: readableOrNull(z.boolean()),
  disc_number: readableOrNull(z.int().min(0).max(SMALLINT_MAX)),
  track_number: readableOrNull(z.int().min(0).max(SMALLINT_MAX)),
  is_local: readableOrNull(z.boolean()),
  is_playable: readableOrNull(z.boolean()),
  artists: artistsWire,
  external_ids: readableOrNull(z.object({ isrc: readableOrNull(z.string().max(64)) })),
  popularity: readableOrNull(z.int().min(0).max(100)),
});
export type TrackWire = z.output<typeof trackWire>;

const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item.nullable()), total: z.int().nonnegative().max(INTEGER_MAX), next: orNull(z.string()), offset: orNull(z.number()) });

/** A track that cannot be read is null. */
export const trackPageWire = pageOf(readableOrNull(trackWire));
export type TrackPageWire = z.output<typeof trackPageWire>;

export const albumWire = z.object({
  id: z.string(),
  name: readableOrNull(z.string()),
  album_type: readableOrNull(z.string()),
  artists: artistsWire,
  total_tracks: readableOrNull(z.int().nonnegative()),
  /** A year, a month or a day. */
  release_date: readableOrNull(z.string()),
  images: readableOrNull(z.array(readableOrNull(z.object({ url: z.string() })))),
  external_ids: readableOrNull(z.object({ upc: readableOrNull(z.string()) })),
  /** `available_markets` is not read: without a market in the request, Spotify may leave it empty for an album that is available. */
  restrictions: readableOrNull(z.object({ reason: readableOrNull(z.string()) })),
  tracks: trackPageWire,
});
export type AlbumWire = z.output<typeof albumWire>;

/** Elements are parsed one by one, so that an invalid one does not fail the others. */
export const albumsWire = z.object({ albums: z.array(z.unknown()) });
export const tracksWire = z.object({ tracks: z.array(z.unknown()) });

const playlistEntryWire = z
  .object({
    is_local: orNull(z.boolean()),
    item: orNull(z.object({ uri: orNull(z.string()), is_local: orNull(z.boolean()) })),
    track: orNull(z.object({ uri: orNull(z.string()), is_local: orNull(z.boolean()) })),
  })
  .transform(({ is_local: isLocal, item, track }) => {
    const media = item ?? track;
    return { uri: isLocal || media?.is_local ? null : (media?.uri ?? null) };
  });

export const playlistPageWire = pageOf(playlistEntryWire);

const playlistSummaryFields = { id: z.string(), name: orNull(z.string()), description: orNull(z.string()), owner: z.object({ id: z.string() }) };

/** `items` carries entries only for owner and collaborators; before 2026 it was called `tracks`. */
export const playlistWire = z.object({
  ...playlistSummaryFields,
  public: orNull(z.boolean()),
  snapshot_id: z.string(),
  items: orNull(z.union([playlistPageWire, z.unknown().transform(() => null)])),
  tracks: orNull(z.union([playlistPageWire, z.unknown().transform(() => null)])),
});

export const playlistListWire = pageOf(z.object(playlistSummaryFields));
export const createdPlaylistWire = z.object({ id: z.string() });
export const snapshotWire = z.object({ snapshot_id: z.string() });

export const meWire = z.object({
  account_id: orNull(z.string()),
  id: z.string(),
  display_name: orNull(z.string()),
  images: orNull(z.array(z.object({ url: z.string() }))),
});

export const tokenWire = z.object({
  access_token: z.string().min(1),
  token_type: orNull(z.string()),
  scope: orNull(z.string()),
  expires_in: z.number().positive(),
  refresh_token: orNull(z.string()),
});

const feature = readableOrNull(z.number().min(-FEATURE_MAX).max(FEATURE_MAX));
const code = readableOrNull(z.int().min(-1).max(SMALLINT_MAX));
export const audioFeaturesWire = z.object({
  audio_features: z.array(
    readableOrNull(
      z.object({
        id: z.string(),
        danceability: feature,
        energy: feature,
        key: code,
        loudness: feature,
        mode: code,
        speechiness: feature,
        acousticness: feature,
        instrumentalness: feature,
        liveness: feature,
        valence: feature,
        tempo: feature,
        time_signature: code,
      }),
    ),
  ),
});

const mediaWire = readableOrNull(
  z.object({
    id: readableOrNull(z.string()),
    type: readableOrNull(z.string()),
    is_local: readableOrNull(z.boolean()),
    duration_ms: readableOrNull(z.number().nonnegative().max(INTEGER_MAX)),
    artists: artistsWire,
    external_ids: readableOrNull(z.object({ isrc: readableOrNull(z.string().max(64)) })),
    album: readableOrNull(z.object({ release_date: readableOrNull(z.string()) })),
  }),
);

/** The entries of a playlist with what tells how they sound; `track` is the name of `item` before 2026. */
export const playlistContentsWire = pageOf(
  z
    .object({ is_local: orNull(z.boolean()), item: mediaWire, track: mediaWire })
    .transform(({ is_local: isLocal, item, track }) => ({ isLocal: isLocal === true, media: item ?? track })),
);

/** The URLs expire within a day. Sizes are null for a picture that was uploaded. */
export const imagesWire = z.array(z.object({ url: z.string(), width: orNull(z.number()), height: orNull(z.number()) })).nullable();
