/** Why a recording is a candidate: one fact with its numbers. `seed` is a row of the catalog. */
export type MatchReason =
  | { readonly fact: 'same_artist'; readonly seed: number; readonly artist: string; readonly tracks: number }
  | { readonly fact: 'same_album'; readonly seed: number }
  | { readonly fact: 'similar_artist'; readonly seed: number; readonly artist: string; readonly lists: number; readonly credits: number }
  | { readonly fact: 'shared_lists'; readonly seed: number; readonly together: number; readonly listed: number }
  | {
      readonly fact: 'sound';
      readonly seed: number;
      readonly distance: number;
      readonly features: number;
      readonly tempo: number | null;
      readonly energy: number | null;
    }
  | { readonly fact: 'genres'; readonly genres: readonly { readonly genre: string; readonly tracks: number }[] };

/** A reason in words. `titleOf` names a seed. */
export function describeMatch(reason: MatchReason, titleOf: (row: number) => string): string {
  switch (reason.fact) {
    case 'same_artist':
      return `Also by ${reason.artist}, like ${quoted(titleOf(reason.seed))} (${counted(reason.tracks, 'track')} in the catalog)`;
    case 'same_album':
      return `Same album as ${quoted(titleOf(reason.seed))}`;
    case 'similar_artist': {
      const shared = [
        ...(reason.credits > 0 ? [`credited together ${counted(reason.credits, 'time')}`] : []),
        ...(reason.lists > 0 ? [`together on ${counted(reason.lists, 'playlist')}`] : []),
      ];
      return `${reason.artist} and the artist of ${quoted(titleOf(reason.seed))}: ${shared.join(', ')}`;
    }
    case 'shared_lists':
      return `Shares ${counted(reason.together, 'playlist')} with ${quoted(titleOf(reason.seed))} (on ${reason.listed.toLocaleString('en')} in all)`;
    case 'sound': {
      const values = [
        ...(reason.tempo === null ? [] : [`tempo ${Math.round(reason.tempo)}`]),
        ...(reason.energy === null ? [] : [`energy ${reason.energy.toFixed(2)}`]),
      ];
      return `${values.length === 0 ? 'Sound' : upperFirst(values.join(', '))}: ${reason.distance.toFixed(2)} away from ${quoted(titleOf(reason.seed))} over ${counted(reason.features, 'feature')}`;
    }
    case 'genres':
      break;
  }
  return `Same genres: ${reason.genres.map(({ genre, tracks }) => `${genre} (${counted(tracks, 'track')})`).join(', ')}`;
}

const quoted = (text: string) => `“${text}”`;
const counted = (count: number, one: string) => `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
