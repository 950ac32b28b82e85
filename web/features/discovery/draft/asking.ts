import type { SeedInput } from '#shared/contracts/discovery/seeds.ts';
import type { VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import type { RecordingId, SpotifyAlbumId, SpotifyArtistId } from '#shared/ids.ts';
import { SONGS_MAX } from './composer-search.ts';
import type { ComposerState } from './composer-search.ts';

/** What the composer shows while nothing is asked for. */
export const LIST_SIZE = 50;

/** Whether songs or words are asked for; undefined while nothing is. */
export function modeOf({ q, spec, seeds }: ComposerState): 'songs' | 'words' | undefined {
  if (q !== undefined || spec !== undefined) return 'words';
  return seeds !== undefined && seeds.length > 0 ? 'songs' : undefined;
}

/** The state after something else is asked for. Tracks removed so far are not offered again, and a list that was only looked at is left. */
export function askAgain(state: ComposerState, change: Partial<ComposerState>): ComposerState {
  return { ...state, from: undefined, excluded: state.removed, ...change };
}

/** The state with one seed more; words give way to songs. A sixth seed and a second of the same are ignored. */
export function withSeed(state: ComposerState, seed: string): ComposerState {
  const seeds = state.seeds ?? [];
  if (seeds.includes(seed) || seeds.length >= SONGS_MAX) return state;
  return askAgain(state, { seeds: [...seeds, seed], q: undefined, spec: undefined, more: undefined });
}

/** The state that asks for words; songs give way. */
export function withWords(state: ComposerState, q: string): ComposerState {
  return askAgain(state, { q, spec: undefined, more: undefined, seeds: undefined });
}

/** The state with other chips. */
export function withSpec(state: ComposerState, spec: VibeSpec): ComposerState {
  return askAgain(state, { spec, more: undefined });
}

/** A seed as the server takes it. */
function seedInputOf(seed: string): SeedInput {
  const id = seed.slice(1);
  switch (seed.charAt(0)) {
    case 'a':
      return { kind: 'artist', artistId: id as SpotifyArtistId };
    case 'l':
      return { kind: 'album', albumId: id as SpotifyAlbumId };
    case 'p':
      return { kind: 'playlist', index: Number(id) };
    default:
      return { kind: 'recording', recordingId: Number(id) as RecordingId };
  }
}

/** A seed of the server as the address has it. */
export function seedKeyOf(seed: SeedInput): string {
  switch (seed.kind) {
    case 'recording':
      return `r${seed.recordingId}`;
    case 'artist':
      return `a${seed.artistId}`;
    case 'album':
      return `l${seed.albumId}`;
    case 'playlist':
      break;
  }
  return `p${seed.index}`;
}

/** What `discovery.fromSeeds` is asked for. */
export function seedRequestOf(state: ComposerState) {
  const { seeds = [], near, matcher, size = LIST_SIZE, shuffle, without = [], excluded = [] } = state;
  return {
    seeds: seeds.map(seedInputOf),
    size,
    shuffle: shuffle ?? 0,
    ...(near === undefined ? {} : { closeness: near }),
    ...(matcher === undefined ? {} : { matcher }),
    exclude: { recordings: excluded as RecordingId[], artists: without as SpotifyArtistId[] },
  };
}
