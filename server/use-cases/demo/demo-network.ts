import type { PolicyV1Input } from '#shared/contracts/policies/policy.ts';

export interface DemoPlaylist {
  readonly themeTag: string;
  readonly blurb: string;
  readonly policy: PolicyV1Input;
}

const genre = (...value: string[]) => ({ field: 'genre', op: 'has_any', value }) as const;
const atLeast = (field: 'energy' | 'valence' | 'acousticness' | 'danceability' | 'instrumentalness' | 'tempo', value: number) =>
  ({ field, op: 'gte', value }) as const;
const atMost = (field: 'energy' | 'valence' | 'acousticness' | 'speechiness' | 'tempo', value: number) => ({ field, op: 'lte', value }) as const;
const prefer = (field: 'energy' | 'valence' | 'acousticness' | 'danceability' | 'tempo' | 'instrumentalness', toward: number, spread: number) => ({
  field,
  toward,
  spread,
  weight: 1,
});

/** Fifty tracks and a repeat window of 30 days across the whole network, for every demo playlist. */
const common = { version: 1, size: 50, caps: { perArtist: 2, perAlbum: 1 }, rest: { days: 30, scope: 'network' } } as const;

/** The demo network: playlists with instructive rules over the sandbox's catalog. */
export const DEMO_PLAYLISTS: readonly DemoPlaylist[] = [
  {
    themeTag: 'First Kettle',
    blurb: 'Wood, nylon and steam. Nothing here is in a hurry before nine.',
    policy: {
      ...common,
      pool: { all: [atLeast('acousticness', 0.5), atMost('energy', 0.5), atLeast('valence', 0.35)] },
      prefer: [prefer('valence', 0.6, 0.25), prefer('energy', 0.35, 0.2)],
    },
  },
  {
    themeTag: 'Night Ferry',
    blurb: 'Low light, long water, the last crossing. Minor keys welcome.',
    policy: {
      ...common,
      pool: { all: [atMost('energy', 0.6), atMost('valence', 0.45)] },
      prefer: [prefer('valence', 0.25, 0.2), prefer('tempo', 96, 25)],
    },
  },
  {
    themeTag: 'Machine Hall',
    blurb: 'Four to the floor from Detroit to Düsseldorf, kept moving.',
    policy: {
      ...common,
      pool: {
        all: [genre('house', 'techno', 'french house', 'italo disco', 'drum and bass', 'idm', 'downtempo', 'synth-pop'), atLeast('energy', 0.4)],
      },
      prefer: [prefer('danceability', 0.8, 0.2), prefer('tempo', 126, 14)],
    },
  },
  {
    themeTag: 'Porch Songs',
    blurb: 'Three chords and a view. Folk, country and their cousins up north.',
    policy: {
      ...common,
      pool: genre('folk', 'americana', 'country', 'nordic folk', 'chanson', 'cantautori'),
      prefer: [prefer('acousticness', 0.8, 0.3), prefer('valence', 0.5, 0.3)],
    },
  },
  {
    themeTag: 'Blue Hour',
    blurb: 'From bebop to fusion, after the chairs are up.',
    policy: {
      ...common,
      pool: genre('bebop', 'modal jazz', 'vocal jazz', 'jazz fusion', 'bossa nova'),
      prefer: [prefer('acousticness', 0.8, 0.3), prefer('energy', 0.35, 0.25)],
    },
  },
  {
    themeTag: 'Corner Shop Radio',
    blurb: 'Soul, funk and disco through one small speaker.',
    policy: {
      ...common,
      pool: genre('soul', 'funk', 'disco', 'r&b', 'rock and roll'),
      prefer: [prefer('danceability', 0.75, 0.2), prefer('valence', 0.75, 0.25)],
    },
  },
  {
    themeTag: 'Two Coasts',
    blurb: 'Lagos to Santos and back: brass, percussion, sun.',
    policy: {
      ...common,
      pool: genre('salsa', 'cumbia', 'mpb', 'latin pop', 'reggaeton', 'tango', 'bolero', 'highlife', 'afrobeat', 'afrobeats'),
      prefer: [prefer('valence', 0.8, 0.25), prefer('danceability', 0.7, 0.25)],
    },
  },
  {
    themeTag: 'Feedback Season',
    blurb: 'Guitars that hum when nobody is touching them.',
    policy: {
      ...common,
      pool: genre(
        'garage rock',
        'psychedelic rock',
        'classic rock',
        'krautrock',
        'punk',
        'post-punk',
        'heavy metal',
        'shoegaze',
        'indie rock',
        'anatolian rock',
        'j-rock',
      ),
      prefer: [prefer('energy', 0.8, 0.25), prefer('valence', 0.5, 0.3)],
    },
  },
  {
    themeTag: 'Sample Library',
    blurb: 'Crates, drum breaks and verses that earn their bars.',
    policy: {
      ...common,
      pool: genre('boom bap', 'trap', 'alternative hip hop', 'instrumental hip hop'),
      prefer: [prefer('danceability', 0.72, 0.2), prefer('tempo', 92, 18)],
    },
  },
  {
    themeTag: 'Long Exposure',
    blurb: 'Music with its shutter open. Few words, or none.',
    policy: {
      ...common,
      pool: { any: [genre('ambient', 'drone', 'contemporary classical', 'solo piano'), atLeast('instrumentalness', 0.7)] },
      prefer: [prefer('energy', 0.2, 0.2), prefer('instrumentalness', 0.9, 0.25)],
    },
  },
  {
    themeTag: 'Color Television',
    blurb: 'Everything here was on the shelf by 1985.',
    policy: {
      ...common,
      pool: { all: [{ field: 'release_date', op: 'on_or_before', value: '1985-12-31' }, atLeast('energy', 0.35)] },
      prefer: [prefer('valence', 0.7, 0.3), prefer('energy', 0.65, 0.25)],
    },
  },
  {
    themeTag: 'Wet Paint',
    blurb: 'Released since 2015, and still drying.',
    policy: {
      ...common,
      pool: { field: 'release_date', op: 'on_or_after', value: '2015-01-01' },
      prefer: [prefer('energy', 0.65, 0.3), { field: 'release_date', newest: true, weight: 1 }],
    },
  },
];
