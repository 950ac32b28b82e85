import type { ScalingStats } from '#shared/contracts/scaling/scaling.ts';
import type { ScalingFacts } from './scaling-facts.ts';

/** How the number of playlists was calculated, in sentences: the recordings that count, the playlists they fill, the bounds, and the shortfall in days. */
export function explainPlaylistCount(stats: ScalingStats, settings: ScalingFacts['settings']): string[] {
  const { recordings, tracksPerPlaylist, restDays, ceiling, floor, capacity, wanted, overcommittedDays } = stats;
  const says = [
    describeCount(stats),
    `With ${tracksPerPlaylist} ${tracksPerPlaylist === 1 ? 'track' : 'tracks'} per playlist and a repeat window of ${days(restDays)}, the catalog can fill ${amount(ceiling)} ${lists(ceiling)} (${amount(recordings)} ÷ (${tracksPerPlaylist} × ${restDays}), rounded up).`,
  ];
  if (floor > ceiling) says.push(`The minimum is set to ${amount(floor)} ${lists(floor)}.`);
  if (settings.maxTotalPlaylists !== null && Math.max(floor, ceiling) > settings.maxTotalPlaylists)
    says.push(`The maximum is set to ${amount(settings.maxTotalPlaylists)} ${lists(settings.maxTotalPlaylists)}.`);
  if (wanted < Math.max(floor, ceiling) && capacity <= wanted) says.push(`The accounts have room for ${amount(capacity)} ${lists(capacity)}.`);
  if (overcommittedDays > 0 && recordings > 0) says.push(describeOvercommitment(stats));
  if (stats.connectedAccounts > settings.usersPerApp)
    says.push(
      `${amount(stats.connectedAccounts)} accounts are connected, but Spotify allows at most ${amount(settings.usersPerApp)} users per app in development mode. If your app has a higher limit, set it below.`,
    );
  return says;
}

/** How many recordings of the catalog count (T), and how many playlists the others could fill. */
function describeCount({ catalog, recordings, tracksPerPlaylist, restDays, playlists }: ScalingStats): string {
  if (playlists === 0) return `No playlist is active yet, so all ${amount(catalog)} recordings in the catalog count.`;
  const idle = catalog - recordings;
  if (idle === 0) return `All ${amount(catalog)} recordings in the catalog count: an active policy admits every one.`;
  const more = Math.floor(idle / (tracksPerPlaylist * restDays));
  const would = more > 0 ? ` The other ${amount(idle)} could fill ${amount(more)} more ${lists(more)} if a policy admitted them.` : '';
  return `${amount(recordings)} of the ${amount(catalog)} recordings in the catalog count: those that an active policy admits and does not ban.${would}`;
}

function describeOvercommitment({ wanted, restDays, overcommittedDays }: ScalingStats): string {
  const short = `${days(overcommittedDays)} short of the repeat window`;
  const lasts = restDays - overcommittedDays;
  if (lasts === 0) return `${amount(wanted)} ${lists(wanted)} need more recordings than there are for a single day: ${short}.`;
  return `With ${amount(wanted)} ${lists(wanted)} every recording has been used after ${days(lasts)}: ${short}, if every playlist may take every recording.`;
}

const amount = (value: number) => value.toLocaleString('en');
const days = (count: number) => (count === 1 ? 'one day' : `${amount(count)} days`);
const lists = (count: number) => (count === 1 ? 'playlist' : 'playlists');
