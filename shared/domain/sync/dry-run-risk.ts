import type { DryRunBody } from '#shared/contracts/sync/dry-run.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';

type Totals = Pick<DryRunBody, 'replicas' | 'creates' | 'renames' | 'unfollows' | 'handEdited' | 'lost' | 'tracks'>;

/** A day's writing that takes longer than this meets other work of the day. */
const LONG_SECONDS = 3_600;

/** Which limits a day exceeds, as sentences; a share of a small network never forbids a single playlist. */
export function blastRadiusExceeded(totals: Totals, limits: NetworkSettings['sync']): string[] {
  const { replicas, tracks } = totals;
  const wanted = tracks.adds + tracks.moves + tracks.keeps;
  const within = (share: number) => Math.max(1, Math.floor(share * replicas));
  const said = [
    wanted > 0 && tracks.adds / wanted > limits.changedTracksShare
      ? `${percent(tracks.adds / wanted)} of all tracks would be new; up to ${percent(limits.changedTracksShare)} goes out by itself.`
      : '',
    totals.creates > limits.createsADay
      ? `${totals.creates} playlists would be created; up to ${limits.createsADay} a day ${limits.createsADay === 1 ? 'is' : 'are'} by itself.`
      : '',
    limits.renamedShare < 1 && totals.renames > within(limits.renamedShare)
      ? `${totals.renames} of ${replicas} playlists would be renamed; up to ${percent(limits.renamedShare)} goes out by itself.`
      : '',
    limits.handEditedShare < 1 && totals.handEdited > within(limits.handEditedShare)
      ? `Hands were at work in ${totals.handEdited} of ${replicas} playlists; up to ${percent(limits.handEditedShare)} is merged by itself.`
      : '',
    totals.unfollows > limits.unfollowsADay
      ? `${totals.unfollows} playlists would be taken off accounts; up to ${limits.unfollowsADay} a day by itself.`
      : '',
  ];
  return said.filter((sentence) => sentence !== '');
}

interface RiskQuestion extends Totals, Pick<DryRunBody, 'accounts' | 'exceeds' | 'seconds'> {
  readonly withoutRoom: number;
  /** Playlists that were rolled back. */
  readonly shownAgain: number;
}

/** What should give pause before a day is applied, worst first. */
export function risksOf(question: RiskQuestion): DryRunBody['risks'] {
  const closed = question.accounts.filter((one) => one.problem !== null);
  const high = [
    ...question.exceeds,
    ...closed.map(({ account, replicas, problem }) => `${count(replicas, 'playlist')} on ${account} cannot be written: ${problem}`),
    ...(question.lost > 0 ? [`${count(question.lost, 'playlist')} somebody deleted on Spotify; only a person brings one back.`] : []),
    ...(question.withoutRoom > 0 ? [`${count(question.withoutRoom, 'playlist')} without a place on any account.`] : []),
  ];
  const some = [
    ...(question.handEdited > 0 && question.exceeds.length === 0
      ? [`${count(question.handEdited, 'playlist')} changed by hand since the last receipt.`]
      : []),
    ...(question.shownAgain > 0
      ? [`${count(question.shownAgain, 'playlist')} rolled back to an earlier day’s list, whose tracks may be heard again before they have rested.`]
      : []),
    ...(question.seconds !== null && question.seconds > LONG_SECONDS
      ? [`At the present budget it takes ${Math.round(question.seconds / 60)} minutes.`]
      : []),
  ];
  return [...high.map((says) => ({ level: 'high' as const, says })), ...some.map((says) => ({ level: 'some' as const, says }))];
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
const count = (number: number, thing: string) => `${number} ${number === 1 ? thing : `${thing}s`}`;
