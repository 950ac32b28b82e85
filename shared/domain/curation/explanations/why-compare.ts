import { apartWords, capsOf } from '../caps.ts';
import type { WhyNotView } from '#shared/contracts/views.ts';
import type { WhyFacts } from './why-facts.ts';

type Step = WhyNotView['steps'][number];

/** How it compared with what came into the list, from the scores that are stored with it; empty where there is no list. */
export function rankStep({ policy, entry, list, score, snapshot }: WhyFacts): Step[] {
  if (snapshot?.status !== 'published') return [];
  if (entry) {
    const { rank, chance } = entry.reasons;
    const detail = `Rank ${rank} of what was free that day; chance gave ${Math.round(chance * 100)} % of its score.`;
    return [{ rule: 'Scores high enough', holds: true, detail }];
  }
  const { byArtist, fromAlbum, lowestScore } = list;
  if (byArtist && byArtist.tracks >= capsOf(policy).perArtist) {
    const detail = `${byArtist.name} has ${byArtist.tracks} in the list, which is the most an artist may have${apartWords(policy)}.`;
    return [{ rule: `At most ${capsOf(policy).perArtist} by an artist`, holds: false, detail }];
  }
  if (fromAlbum >= policy.caps.perAlbum) {
    const detail = `The list has ${fromAlbum} from its album, which is the most an album may give.`;
    return [{ rule: `At most ${policy.caps.perAlbum} from an album`, holds: false, detail }];
  }
  if (lowestScore === null) return [];
  const rule = 'Scores high enough';
  const scores = `It scored ${score.toFixed(3)}; the lowest that came in newly scored ${lowestScore.toFixed(3)}`;
  if (score < lowestScore) return [{ rule, holds: false, detail: `${scores}, ${(lowestScore - score).toFixed(3)} more.` }];
  // A recording that went to another list of its rest scope rests, and is told so before anybody compares scores.
  const detail = `${scores}. In the whole day’s allocation it gave way to one that had no other choice, or that kept the mix, the caps or the order whole.`;
  return [{ rule, holds: false, detail }];
}

/** How far the nearest other track by one of its artists stands, where the rules ask for a distance. */
export function separationStep({ policy, entry, list }: WhyFacts): Step[] {
  const wanted = policy.separation.artist;
  if (!entry || wanted <= 1) return [];
  const rule = `Tracks by one artist stand at least ${wanted} places apart`;
  const { nearestByArtist: nearest } = list;
  if (nearest === null) return [{ rule, holds: true, detail: 'Nothing else in the list is by its artists.' }];
  const places = `The nearest by one of its artists stands ${nearest} ${nearest === 1 ? 'place' : 'places'} away`;
  return [{ rule, holds: nearest >= wanted, detail: nearest >= wanted ? `${places}.` : `${places}; more could not be kept.` }];
}
