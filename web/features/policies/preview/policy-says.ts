import type { EnergyArc, PolicyV1 } from '#shared/contracts/policies/policy.ts';
import { describePreference, describeRule, lowerFirst } from '#shared/domain/policies/describe-policy.ts';
import { listed, plural } from '#web/lib/words.ts';

/** "49 of 50 stay": what a turnover means for a list of that size. */
export function stayWords({ size, turnover }: PolicyV1): string {
  const leaving = Math.round(turnover * size);
  if (leaving === size) return 'Every track is another one each day';
  return leaving === 0 ? 'The list stays as it is' : `${size - leaving} of ${size} stay from day to day`;
}

/** What the music may be, in one line. */
export const poolWords = ({ pool }: PolicyV1): string => describeRule(pool);

export function preferWords({ prefer, variety }: PolicyV1): string {
  if (prefer.length === 0) return 'nothing in particular';
  return `${listed(prefer.map((one) => lowerFirst(describePreference(one))))}${variety > 0 ? '' : ', no chance'}`;
}

export function sizeWords({ size, duration }: PolicyV1): string {
  return duration ? `${duration.minutes} minutes, at most ${plural(size, 'track')}` : plural(size, 'track');
}

export function freshWords({ rest, caps }: PolicyV1): string {
  const rests = rest.days === 0 ? 'no rest' : `${plural(rest.days, 'day')} of rest`;
  return `${rests}, ${caps.perArtist} by an artist, ${caps.perAlbum} from an album`;
}

export function mixWords({ mix }: PolicyV1): string {
  return mix.length === 0 ? 'one pool for the whole list' : mix.map(({ name, share }) => `${name} ${share} %`).join(', ');
}

/** The arcs of energy, by name and in words. */
export const ARC_WORDS: Readonly<Record<EnergyArc, { readonly name: string; readonly says: string }>> = {
  free: { name: 'Free', says: 'no arc' },
  rise: { name: 'Rise', says: 'energy rises' },
  fall: { name: 'Fall', says: 'energy falls' },
  peak: { name: 'Peak', says: 'energy peaks in the middle' },
  dip: { name: 'Dip', says: 'calm in the middle' },
  wave: { name: 'Wave', says: 'energy comes in waves' },
};

export function flowWords({ flow }: PolicyV1): string {
  const wishes = [...(flow.harmonic > 0 ? ['keys that mix'] : []), ...(flow.tempo > 0 ? ['even tempo'] : [])];
  return [ARC_WORDS[flow.energy].says, ...wishes].join(', ');
}

export function handWords({ pins, bans }: PolicyV1): string {
  const banned = bans.recordings.length + bans.artists.length + bans.albums.length;
  if (pins.length === 0 && banned === 0) return 'nothing by hand';
  return listed([...(pins.length > 0 ? [`${pins.length} pinned`] : []), ...(banned > 0 ? [`${banned} banned`] : [])]);
}

export function sharingWords({ exclusivity: { group, yieldsTo } }: PolicyV1): string {
  const own = group ? `alone in “${group}”` : 'in no group';
  return yieldsTo.length === 0 ? own : `${own}, after ${listed(yieldsTo)}`;
}

export const chanceWords = ({ variety, seed }: PolicyV1): string => `${Math.round(variety * 100)} % chance, seed “${seed}”`;

/** How many days a pool lasts when nobody else plays from it and nothing comes back, against the rest that the policy asks for. */
export function lastsWords({ size, turnover, rest }: PolicyV1, { pool, playlists }: { readonly pool: number; readonly playlists: number }): string {
  const aDay = Math.max(1, Math.round(size * turnover)) * playlists;
  const days = Math.floor(pool / aDay);
  if (rest.days === 0) return days === 0 ? 'Too few for one list.' : 'Nothing rests, so it lasts.';
  if (days > rest.days) return `Enough for ${plural(days, 'day')} by count; after ${rest.days} they come back.`;
  return `Enough for ${plural(days, 'day')} by count; nothing comes back before ${rest.days}.`;
}
