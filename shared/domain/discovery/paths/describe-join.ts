import type { PathFact } from '#shared/contracts/discovery/path.ts';

/** Facts named in one line, besides sound. */
const NAMED_MAX = 2;

/** Why two tracks follow each other, in words: the strongest facts, then how they sound, each with its numbers. */
export function describeJoin(facts: readonly PathFact[]): string {
  const sound = facts.find((fact) => fact.fact === 'sound');
  const named = facts.filter((fact) => fact.fact !== 'sound').slice(0, NAMED_MAX);
  return [...named, ...(sound ? [sound] : [])].map((fact) => `${inWords(fact)}.`).join(' ');
}

function inWords(fact: PathFact): string {
  switch (fact.fact) {
    case 'shared_lists':
      return `Share ${fact.together.toLocaleString('en')} ${fact.together === 1 ? 'playlist' : 'playlists'}`;
    case 'same_album':
      return `Same album${fact.album === '' ? '' : `: “${fact.album}”`}`;
    case 'same_artist':
      return `Both by ${fact.artist || 'the same artist'}`;
    case 'key':
      return fact.from === fact.to ? `Both in key ${fact.from}` : `Keys ${fact.from} → ${fact.to} mix`;
    case 'genres':
      return `Both ${fact.genres.join(', ')}`;
    case 'year':
      return `Both from ${fact.year}`;
    case 'sound':
      break;
  }
  const { tempo, energy, distance, features } = fact;
  const values = [
    ...(tempo ? [`tempo ${Math.round(tempo[0])} → ${Math.round(tempo[1])}`] : []),
    ...(energy ? [`energy ${energy[0].toFixed(2)} → ${energy[1].toFixed(2)}`] : []),
  ].join(', ');
  const away = `${distance.toFixed(2)} away over ${features} ${features === 1 ? 'feature' : 'features'}`;
  return values === '' ? `Sound: ${away}` : `${values.charAt(0).toUpperCase()}${values.slice(1)}: ${away}`;
}
