import { describeSeparationLimit, capsOf } from '../caps.ts';
import type { WhyNotView } from '#shared/contracts/curation/why-not.ts';
import type { WhyFacts } from './why-facts.ts';

type Step = WhyNotView['steps'][number];

/** How its score compared with the list's entries, from the stored scores; empty where there is no list. */
export function scoreStep({ policy, entry, list, score, snapshot }: WhyFacts): Step[] {
  if (snapshot?.status !== 'published') return [];
  if (entry) {
    const { rank, chance, equals } = entry.reasons;
    if (equals !== undefined)
      return [{ rule: 'Drawn for the list', holds: true, detail: `Drawn by lot among ${equals.toLocaleString('en')} equals.` }];
    const { candidates } = snapshot.report;
    // The report counts the candidates left by earlier lists, so a rank may exceed it.
    const of = rank <= candidates ? ` of ${candidates.toLocaleString('en')}` : '';
    const ranked = `Ranked ${ordinal(rank)}${of} before the artist and album limits`;
    return [{ rule: 'Score is high enough', holds: true, detail: `${ranked}; random variation gave ${Math.round(chance * 100)}% of its score.` }];
  }
  const { byArtist, fromAlbum, lowestScore } = list;
  if (byArtist && byArtist.tracks >= capsOf(policy).perArtist) {
    const detail = `${byArtist.name} has ${tracks(byArtist.tracks)} in the list, the maximum per artist${describeSeparationLimit(policy)}.`;
    return [{ rule: `At most ${tracks(capsOf(policy).perArtist)} per artist`, holds: false, detail }];
  }
  if (fromAlbum >= policy.caps.perAlbum) {
    const detail = `The list has ${tracks(fromAlbum)} from its album, the maximum per album.`;
    return [{ rule: `At most ${tracks(policy.caps.perAlbum)} per album`, holds: false, detail }];
  }
  if (policy.version === 2)
    return [{ rule: 'Drawn for the list', holds: false, detail: 'Other recordings were drawn that day, or suited the list better.' }];
  if (lowestScore === null) return [];
  const rule = 'Score is high enough';
  const scores = `It scored ${score.toFixed(3)}; the lowest new entry scored ${lowestScore.toFixed(3)}.`;
  if (score < lowestScore) return [{ rule, holds: false, detail: scores }];
  // A recording in another list of its repeat-window scope is blocked by the repeat window, which is reported before scores.
  const detail = `${scores} The day’s allocation preferred a recording without an alternative, or one that the mix, the caps or the order needed.`;
  return [{ rule, holds: false, detail }];
}

function tracks(count: number): string {
  return `${count} ${count === 1 ? 'track' : 'tracks'}`;
}

function ordinal(rank: number): string {
  const tail = rank % 100 >= 11 && rank % 100 <= 13 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[rank % 10] ?? 'th');
  return `${rank.toLocaleString('en')}${tail}`;
}

/** Distance to the nearest other track by one of its artists, where the policy has an artist separation. */
export function separationStep({ policy, entry, list }: WhyFacts): Step[] {
  const wanted = policy.separation.artist;
  if (!entry || wanted <= 1) return [];
  const rule = `Artist separation: at least ${wanted} tracks`;
  const { nearestByArtist: nearest } = list;
  if (nearest === null) return [{ rule, holds: true, detail: 'No other track in the list is by its artists.' }];
  const distance = `The nearest track by one of its artists is ${nearest} ${nearest === 1 ? 'position' : 'positions'} away`;
  return [{ rule, holds: nearest >= wanted, detail: nearest >= wanted ? `${distance}.` : `${distance}; no order with a larger distance was found.` }];
}
