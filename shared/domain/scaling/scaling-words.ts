import type { ScalingStats } from '#shared/contracts/scaling/scaling.ts';
import type { ScalingFacts } from './scaling-facts.ts';

/** How the number of lists came about, sentence by sentence: what counts, what it carries, what bounds it, and what that costs in days of rest. */
export function explainNumber(stats: ScalingStats, settings: ScalingFacts['settings']): string[] {
  const { recordings, tracksPerPlaylist, restDays, ceiling, floor, capacity, wanted, overcommittedDays } = stats;
  const says = [
    countWords(stats),
    `${amount(recordings)} recordings, ${tracksPerPlaylist} a playlist, ${days(restDays)} of rest: the catalogue carries ${amount(ceiling)} ${lists(ceiling)} (${amount(recordings)} ÷ (${tracksPerPlaylist} × ${restDays}), rounded up).`,
  ];
  if (floor > ceiling) says.push(`The floor keeps ${amount(floor)} ${lists(floor)} whatever the catalogue carries.`);
  if (settings.maxTotalPlaylists !== null && Math.max(floor, ceiling) > settings.maxTotalPlaylists)
    says.push(`You set at most ${amount(settings.maxTotalPlaylists)} ${lists(settings.maxTotalPlaylists)}.`);
  if (wanted < Math.max(floor, ceiling) && capacity <= wanted) says.push(`The accounts have room for ${amount(capacity)} ${lists(capacity)}.`);
  if (overcommittedDays > 0 && recordings > 0) says.push(overcommitmentWords(stats));
  if (stats.connectedAccounts > settings.usersPerApp)
    says.push(
      `${amount(stats.connectedAccounts)} accounts are connected, more than the ${amount(settings.usersPerApp)} people that Spotify lets use one app in development mode. If it allows you more, say so below.`,
    );
  return says;
}

/** What of the catalogue counts (T), and what the rest would carry. */
function countWords({ catalogue, recordings, tracksPerPlaylist, restDays, playlists }: ScalingStats): string {
  if (playlists === 0) return `No playlist is active yet, so all ${amount(catalogue)} recordings of the catalogue count.`;
  const idle = catalogue - recordings;
  if (idle === 0) return `All ${amount(catalogue)} recordings of the catalogue count: every one is admitted by a policy in use.`;
  const more = Math.floor(idle / (tracksPerPlaylist * restDays));
  const would = more > 0 ? ` The other ${amount(idle)} would carry ${amount(more)} ${lists(more)} more if a policy asked for them.` : '';
  return `${amount(recordings)} of the ${amount(catalogue)} recordings of the catalogue count: those that a policy in use admits and does not ban.${would}`;
}

function overcommitmentWords({ wanted, restDays, overcommittedDays }: ScalingStats): string {
  const short = `${days(overcommittedDays)} short of the rest`;
  const lasts = restDays - overcommittedDays;
  if (lasts === 0) return `${amount(wanted)} ${lists(wanted)} need more than there is for a single day: ${short}.`;
  return `With ${amount(wanted)} ${lists(wanted)} every recording has been used after ${days(lasts)}: ${short}, when every playlist may take every recording.`;
}

const amount = (value: number) => value.toLocaleString('en');
const days = (count: number) => (count === 1 ? 'one day' : `${amount(count)} days`);
const lists = (count: number) => (count === 1 ? 'playlist' : 'playlists');
