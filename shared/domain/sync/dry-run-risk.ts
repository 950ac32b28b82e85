import type { DryRunBody } from '#shared/contracts/sync/dry-run.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';

type Totals = Pick<DryRunBody, 'replicas' | 'creates' | 'renames' | 'unfollows' | 'handEdited' | 'lost' | 'tracks'>;

/** A sync that takes longer than this overlaps other jobs of the day. */
const LONG_SECONDS = 3_600;

/** The auto-apply limits that a day exceeds, as sentences. A share always allows at least one playlist, however small the network is. */
export function blastRadiusExceeded(totals: Totals, limits: NetworkSettings['sync']): string[] {
  const { replicas, tracks } = totals;
  const allTracks = tracks.adds + tracks.moves + tracks.keeps;
  const within = (share: number) => Math.max(1, Math.floor(share * replicas));
  const exceeded = [
    allTracks > 0 && tracks.adds / allTracks > limits.changedTracksShare
      ? `${percent(tracks.adds / allTracks)} of all tracks would be new (auto-apply limit: ${percent(limits.changedTracksShare)}).`
      : '',
    totals.creates > limits.createsADay
      ? `${count(totals.creates, 'playlist')} would be created (auto-apply limit: ${limits.createsADay} per day).`
      : '',
    limits.renamedShare < 1 && totals.renames > within(limits.renamedShare)
      ? `${totals.renames} of ${replicas} playlists would be renamed (auto-apply limit: ${percent(limits.renamedShare)}).`
      : '',
    limits.handEditedShare < 1 && totals.handEdited > within(limits.handEditedShare)
      ? `${totals.handEdited} of ${replicas} playlists were edited on Spotify (auto-apply limit: ${percent(limits.handEditedShare)}).`
      : '',
    totals.unfollows > limits.unfollowsADay
      ? `${count(totals.unfollows, 'playlist')} would be removed from accounts (auto-apply limit: ${limits.unfollowsADay} per day).`
      : '',
  ];
  return exceeded.filter((sentence) => sentence !== '');
}

interface RiskInput extends Totals, Pick<DryRunBody, 'accounts' | 'exceeds' | 'seconds'> {
  readonly withoutRoom: number;
  /** Playlists that were rolled back. */
  readonly shownAgain: number;
}

/** Warnings to read before a day is applied, worst first. */
export function risksOf(input: RiskInput): DryRunBody['risks'] {
  const blockedAccounts = input.accounts.filter((one) => one.problem !== null);
  const high = [
    ...input.exceeds,
    ...blockedAccounts.map(({ account, replicas, problem }) => `${count(replicas, 'playlist')} on ${account} cannot be updated: ${problem}`),
    ...(input.lost > 0 ? [`${were(input.lost)} deleted on Spotify. An operator has to restore ${input.lost === 1 ? 'it' : 'them'}.`] : []),
    ...(input.withoutRoom > 0 ? [`No account has a free slot for ${count(input.withoutRoom, 'playlist')}.`] : []),
  ];
  const some = [
    ...(input.handEdited > 0 && input.exceeds.length === 0 ? [`${were(input.handEdited)} edited on Spotify since the last sync.`] : []),
    ...(input.shownAgain > 0
      ? [`${were(input.shownAgain)} rolled back to an earlier day’s list. Tracks may repeat within their repeat window.`]
      : []),
    ...(input.seconds !== null && input.seconds > LONG_SECONDS
      ? [`At the current request budget the sync takes ${Math.round(input.seconds / 60)} minutes.`]
      : []),
  ];
  return [...high.map((says) => ({ level: 'high' as const, says })), ...some.map((says) => ({ level: 'some' as const, says }))];
}

const were = (playlists: number) => `${count(playlists, 'playlist')} ${playlists === 1 ? 'was' : 'were'}`;
const percent = (share: number) => `${Math.round(share * 100)}%`;
const count = (number: number, thing: string) => `${number} ${number === 1 ? thing : `${thing}s`}`;
