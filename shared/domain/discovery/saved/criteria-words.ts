import type { SavedCriteria } from '#shared/contracts/discovery/saved-playlists.ts';
import type { SeedInput } from '#shared/contracts/discovery/seeds.ts';
import { chipsOf } from '#shared/domain/discovery/vibes/chips.ts';
import { cutText } from '#shared/domain/text.ts';

/** Fits a card. */
const CHARS_MAX = 160;
const SEED_WORDS = { recording: 'track', artist: 'artist', album: 'album', playlist: 'playlist' } as const satisfies Record<
  SeedInput['kind'],
  string
>;

/** What a list was made from, in one line. */
export function describeCriteria(criteria: SavedCriteria): string {
  switch (criteria.kind) {
    case 'vibe': {
      const chips = chipsOf(criteria.spec).map(({ label }) => label);
      const text = criteria.sentence.trim().replaceAll(/\s+/g, ' ') || chips.join(' · ') || 'Any music';
      return text.length > CHARS_MAX ? `${cutText(text, CHARS_MAX - 1)}…` : text;
    }
    case 'seeds': {
      const { seeds, closeness } = criteria.request;
      const counts = Object.entries(SEED_WORDS).flatMap(([kind, word]) => {
        const count = seeds.filter((seed) => seed.kind === kind).length;
        return count === 0 ? [] : [`${count} ${word}${count === 1 ? '' : 's'}`];
      });
      return `Like ${counts.join(', ')}; closeness: ${closeness}`;
    }
    case 'path':
      return `A path in ${criteria.request.steps} steps`;
    case 'chosen':
      break;
  }
  return 'Chosen by you';
}
