import { z } from 'zod';
import { artistsWire, readableOrNull, trackWire } from './wire.ts';

/** The parts of Spotify's search that Segue reads. Items may be null, and an unreadable one counts as null. */

const foundAlbumWire = z.object({
  id: readableOrNull(z.string()),
  name: readableOrNull(z.string()),
  artists: artistsWire,
  release_date: readableOrNull(z.string()),
  images: readableOrNull(z.array(readableOrNull(z.object({ url: z.string() })))),
});
export type FoundAlbumWire = z.output<typeof foundAlbumWire>;

export const foundTrackWire = trackWire.extend({ album: readableOrNull(foundAlbumWire) });
export type FoundTrackWire = z.output<typeof foundTrackWire>;

const itemsOf = <S extends z.ZodType>(item: S) => readableOrNull(z.object({ items: z.array(readableOrNull(item)) }));

export const searchWire = z.object({
  tracks: itemsOf(foundTrackWire),
  artists: readableOrNull(z.object({ items: artistsWire })),
  albums: itemsOf(foundAlbumWire),
  playlists: itemsOf(z.object({ id: readableOrNull(z.string()), name: readableOrNull(z.string()) })),
});
