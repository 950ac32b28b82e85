import type { EnergyArc, Policy, PolicyV2 } from '#shared/contracts/policies/policy.ts';
import { describePreference, describeRule, lowerFirst } from '#shared/domain/policies/describe-policy.ts';
import { describeGoesWith } from '#shared/domain/policies/seed-words.ts';
import { joinNames, plural } from '#web/lib/words.ts';

/** "49 of 50 tracks stay each day": what the turnover means for a list of this size. */
export function turnoverSummary({ size, turnover }: Policy): string {
  const leaving = Math.round(turnover * size);
  if (leaving === size) return 'All tracks change every day';
  return leaving === 0 ? 'No tracks change' : `${size - leaving} of ${size} tracks stay each day`;
}

/** The pool's rules in one line. */
export const poolSummary = ({ pool }: Policy): string => describeRule(pool);

export function preferencesSummary({ prefer, variety }: Policy): string {
  if (prefer.length === 0) return 'None';
  return `${joinNames(prefer.map((one, at) => (at === 0 ? describePreference(one) : lowerFirst(describePreference(one)))))}${variety > 0 ? '' : ', no randomness'}`;
}

/** What the list goes with and does not go with, by number; "None" without examples. */
export function goesWithSummary({ goesWith }: PolicyV2): string {
  const said = describeGoesWith(goesWith);
  return said.length === 0 ? 'None' : said.join(', ');
}

export function lengthSummary({ size, duration }: Policy): string {
  return duration ? `${duration.minutes} minutes, maximum ${plural(size, 'track')}` : plural(size, 'track');
}

export function repeatsSummary(policy: Policy): string {
  const { rest, caps } = policy;
  const repeats = rest.days === 0 ? 'Repeats allowed' : `${rest.days}-day repeat window`;
  const songs = policy.version === 2 && policy.songs.days > 0 ? `, songs ${plural(policy.songs.days, 'day')}` : '';
  return `${repeats}${songs}, maximum ${caps.perArtist} per artist, ${caps.perAlbum} per album`;
}

export function blocksSummary({ mix }: Policy): string {
  return mix.length === 0 ? 'One pool for the whole list' : mix.map(({ name, share }) => `${name} ${share}%`).join(', ');
}

/** Name and summary of each energy arc. */
export const ENERGY_ARC_LABELS: Readonly<Record<EnergyArc, { readonly name: string; readonly summary: string }>> = {
  free: { name: 'Free', summary: 'No energy arc' },
  rise: { name: 'Rise', summary: 'Energy rises' },
  fall: { name: 'Fall', summary: 'Energy falls' },
  peak: { name: 'Peak', summary: 'Energy peaks in the middle' },
  dip: { name: 'Dip', summary: 'Energy dips in the middle' },
  wave: { name: 'Wave', summary: 'Energy in waves' },
};

export function flowSummary(policy: Policy): string {
  const { flow } = policy;
  const roles = policy.version === 2 ? Object.entries(policy.roles).flatMap(([role, preferences]) => (preferences.length > 0 ? [role] : [])) : [];
  const options = [...(flow.harmonic > 0 ? ['harmonic mixing'] : []), ...(flow.tempo > 0 ? ['tempo matching'] : []), ...roles];
  return [ENERGY_ARC_LABELS[flow.energy].summary, ...options].join(', ');
}

export function pinsAndBansSummary({ pins, bans }: Policy): string {
  const banned = bans.recordings.length + bans.artists.length + bans.albums.length;
  if (pins.length === 0 && banned === 0) return 'None';
  return joinNames([...(pins.length > 0 ? [`${pins.length} pinned`] : []), ...(banned > 0 ? [`${banned} banned`] : [])]);
}

export function exclusivitySummary({ exclusivity: { group, yieldsTo } }: Policy): string {
  const own = group ? `Group “${group}”` : 'No group';
  return yieldsTo.length === 0 ? own : `${own}, lower priority than ${joinNames(yieldsTo)}`;
}

export function randomnessSummary({ version, variety, seed }: Policy): string {
  return `${version === 2 ? `By lot, reserve +${Math.round(variety * 100)}%` : `${Math.round(variety * 100)}% random`}, seed “${seed}”`;
}

/** How many days a pool lasts without repeats, compared with the policy's repeat window. Counts only; assumes that no other policy uses the pool. */
export function poolDaysSummary(
  { size, turnover, rest }: Policy,
  { pool, playlists }: { readonly pool: number; readonly playlists: number },
): string {
  const aDay = Math.max(1, Math.round(size * turnover)) * playlists;
  const days = Math.floor(pool / aDay);
  if (rest.days === 0) return days === 0 ? 'Not enough for one list.' : 'Repeats allowed, so it never runs out.';
  if (days > rest.days) return `About ${plural(days, 'day')} of music; repeats allowed after ${rest.days}.`;
  return `About ${plural(days, 'day')} of music; no repeats for ${rest.days}.`;
}
