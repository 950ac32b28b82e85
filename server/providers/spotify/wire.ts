import { z } from 'zod';

/** The parts of Spotify's responses that Segue reads. A missing optional field becomes null, never a default value. */

/** A default, because a transform costs twice as much and an album has a hundred such fields. */
const orNull = <S extends z.ZodType>(schema: S) => schema.nullable().default(null);

export const artistWire = z.object({ id: orNull(z.string()), name: orNull(z.string()) });
export type ArtistWire = z.output<typeof artistWire>;

/** A simplified track (inside an album) or a full one, which adds the ISRC and, in older profiles, popularity. */
export const trackWire = z.object({
  id: orNull(z.string()),
  name: orNull(z.string()),
  type: orNull(z.string()),
  duration_ms: z.number().nonnegative(),
  explicit: orNull(z.boolean()),
  disc_number: orNull(z.number()),
  track_number: orNull(z.number()),
  is_local: orNull(z.boolean()),
  is_playable: orNull(z.boolean()),
  artists: orNull(z.array(artistWire)),
  external_ids: orNull(z.object({ isrc: orNull(z.string()) })),
  popularity: orNull(z.number()),
});
export type TrackWire = z.output<typeof trackWire>;

const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item.nullable()), total: z.int().nonnegative(), next: orNull(z.string()), offset: orNull(z.number()) });

export const trackPageWire = pageOf(trackWire);
export type TrackPageWire = z.output<typeof trackPageWire>;

export const albumWire = z.object({
  id: z.string(),
  name: z.string(),
  album_type: orNull(z.string()),
  artists: orNull(z.array(artistWire)),
  total_tracks: orNull(z.int().nonnegative()),
  /** A year, a month or a day. */
  release_date: orNull(z.string()),
  images: orNull(z.array(z.object({ url: z.string() }))),
  external_ids: orNull(z.object({ upc: orNull(z.string()) })),
  available_markets: orNull(z.array(z.string())),
  restrictions: orNull(z.object({ reason: orNull(z.string()) })),
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

const feature = orNull(z.number());
export const audioFeaturesWire = z.object({
  audio_features: z.array(
    z
      .object({
        id: z.string(),
        danceability: feature,
        energy: feature,
        key: feature,
        loudness: feature,
        mode: feature,
        speechiness: feature,
        acousticness: feature,
        instrumentalness: feature,
        liveness: feature,
        valence: feature,
        tempo: feature,
        time_signature: feature,
      })
      .nullable(),
  ),
});
