import type { SearchAnswer } from '#shared/contracts/discovery/search.ts';
import { plural } from '#web/lib/words.ts';

/** One line of the search: what it is, and what choosing it means. */
export interface FoundOption {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  readonly imageUrl: string | null;
  readonly choice:
    | { readonly kind: 'seed'; readonly seed: string }
    | { readonly kind: 'spotify'; readonly url: string }
    | { readonly kind: 'words' }
    | { readonly kind: 'ask' };
}

export interface FoundGroup {
  readonly name: string;
  readonly options: readonly FoundOption[];
}

/** What follows the results: words as a description, and Spotify's own search. */
interface FoundActions {
  readonly words: string | null;
  readonly canAsk: boolean;
}

const SPOTIFY = 'https://open.spotify.com';
const OUTSIDE = 'not in the catalog; opens in Spotify';

/** Results by kind, then what else can be done with the text. A kind without results has no group. */
export function groupResults(answer: SearchAnswer | undefined, { words, canAsk }: FoundActions): FoundGroup[] {
  const actions: FoundOption[] = [
    ...(words === null ? [] : [action('words', `Make a playlist from these words: “${words}”`)]),
    ...(canAsk ? [action('ask', 'Search Spotify, too')] : []),
  ];
  return [...(answer ? foundGroups(answer) : []), { name: 'Or', options: actions }].filter(({ options }) => options.length > 0);
}

const action = (kind: 'words' | 'ask', title: string): FoundOption => ({ key: kind, title, detail: '', imageUrl: null, choice: { kind } });

function foundGroups({ tracks, artists, albums, playlists }: SearchAnswer): FoundGroup[] {
  return [
    {
      name: 'Tracks',
      options: tracks.map((track) => ({
        key: `t${track.trackId}`,
        title: track.title,
        detail: [track.artists.map(({ name }) => name).join(', '), track.album, ...(track.recordingId === null ? [OUTSIDE] : [])].join(' · '),
        imageUrl: track.imageUrl,
        choice:
          track.recordingId === null
            ? { kind: 'spotify', url: `${SPOTIFY}/track/${track.trackId}` }
            : { kind: 'seed', seed: `r${track.recordingId}` },
      })),
    },
    {
      name: 'Artists',
      options: artists.map(({ artistId, name, tracks: known }) => ({
        key: `a${artistId}`,
        title: name,
        detail: known === 0 ? OUTSIDE : plural(known, 'track'),
        imageUrl: null,
        choice: known === 0 ? { kind: 'spotify', url: `${SPOTIFY}/artist/${artistId}` } : { kind: 'seed', seed: `a${artistId}` },
      })),
    },
    {
      name: 'Albums',
      options: albums.map(({ albumId, name, artists: by, releaseDate, imageUrl }) => ({
        key: `l${albumId}`,
        title: name,
        detail: [by.join(', '), ...(releaseDate === null ? [] : [releaseDate.slice(0, 4)])].join(' · '),
        imageUrl,
        choice: { kind: 'seed', seed: `l${albumId}` },
      })),
    },
    {
      name: 'Playlists',
      options: playlists.map(({ index, spotifyId, name, blurb }) => ({
        key: `p${index ?? spotifyId ?? name}`,
        title: name,
        detail: index === null ? `On Spotify · ${OUTSIDE}` : (blurb ?? 'Playlist of the network'),
        imageUrl: null,
        choice: index === null ? { kind: 'spotify', url: `${SPOTIFY}/playlist/${spotifyId ?? ''}` } : { kind: 'seed', seed: `p${index}` },
      })),
    },
  ];
}
