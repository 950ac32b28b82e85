import type { DryRunBody, DryRunLine } from '#shared/contracts/sync/dry-run.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import { secondsFor } from './dry-run-time.ts';
import { blastRadiusExceeded, risksOf } from './dry-run-risk.ts';

interface LinesOfAccount {
  readonly accountId: string;
  readonly account: string;
  /** The account's own requests per minute; null where only the app's budget applies. */
  readonly requestsPerMinute: number | null;
  readonly problem: string | null;
  /** Segue's playlists that the account hosts already. */
  readonly standing: number;
  readonly lines: readonly DryRunLine[];
}

/** Playlists per page of an account's list (Spotify's page size). */
const PLAYLISTS_PER_PAGE = 50;

interface DryRunInput {
  readonly day: string;
  readonly basis: DryRunBody['basis'];
  readonly accounts: readonly LinesOfAccount[];
  /** Requests per minute of the whole app; undefined when not counted. */
  readonly appPerMinute: number | undefined;
  readonly limits: NetworkSettings['sync'];
  readonly unfollows: number;
  /** Playlists for which no account has a free slot. */
  readonly withoutRoom: number;
}

/** What a day's sync would change in the whole network: totals, cost, and warnings as sentences. */
export function buildDryRunBody(input: DryRunInput): DryRunBody {
  const { accounts, appPerMinute } = input;
  const lines = accounts.flatMap((account) => account.lines);
  const count = (holds: (line: DryRunLine) => boolean) => lines.filter(holds).length;
  const totals = {
    replicas: lines.length,
    changed: count(isChange),
    unchanged: count((line) => !isChange(line) && line.problem === null),
    creates: count((line) => line.creates),
    renames: count((line) => line.renames),
    unfollows: input.unfollows,
    handEdited: count((line) => line.handEdited),
    lost: count((line) => line.lost),
    tracks: { adds: sum(lines, 'adds'), removes: sum(lines, 'removes'), moves: sum(lines, 'moves'), keeps: sum(lines, 'keeps') },
    cost: accounts.map(costOf).reduce(addCosts, { reads: 0, writes: 0 }),
  };
  const perAccount = accounts.map((one) => accountPart(one, appPerMinute));
  const exceeds = blastRadiusExceeded(totals, input.limits);
  const seconds = secondsFor(
    accounts.map((one) => ({ requests: requestsOf(costOf(one)), perMinute: one.requestsPerMinute })),
    appPerMinute,
  );
  return {
    version: 1,
    day: input.day,
    basis: input.basis,
    ...totals,
    seconds,
    exceeds,
    risks: risksOf({
      ...totals,
      accounts: perAccount,
      exceeds,
      seconds,
      withoutRoom: input.withoutRoom,
      shownAgain: count((line) => line.showsAgain === true),
    }),
    accounts: perAccount,
    lines,
  };
}

function accountPart(one: LinesOfAccount, appPerMinute: number | undefined): DryRunBody['accounts'][number] {
  const cost = costOf(one);
  return {
    accountId: one.accountId,
    account: one.account,
    replicas: one.lines.length,
    changed: one.lines.filter(isChange).length,
    cost,
    seconds: secondsFor([{ requests: requestsOf(cost), perMinute: one.requestsPerMinute }], appPerMinute),
    problem: one.problem,
  };
}

function isChange(line: DryRunLine): boolean {
  return line.cost.writes > 0 || line.handEdited;
}

interface Cost {
  readonly reads: number;
  readonly writes: number;
}

/**
 * The total cost of an account's lines. Before each creation the account's list of playlists is read to its end, and it grows; a line counts the
 * first page only. Playlists that are not Segue's are unknown until the list is read, and may take further pages.
 */
function costOf({ standing, lines }: LinesOfAccount): Cost {
  const creates = lines.filter((line) => line.creates).length;
  const furtherPages = Array.from({ length: creates }, (_, at) => Math.max(0, Math.ceil((standing + at) / PLAYLISTS_PER_PAGE) - 1));
  const ofLines = lines.map((line) => line.cost).reduce(addCosts, { reads: 0, writes: 0 });
  return { reads: ofLines.reads + furtherPages.reduce((all, pages) => all + pages, 0), writes: ofLines.writes };
}

const addCosts = (a: Cost, b: Cost): Cost => ({ reads: a.reads + b.reads, writes: a.writes + b.writes });

const requestsOf = ({ reads, writes }: Cost) => reads + writes;

function sum(lines: readonly DryRunLine[], key: 'adds' | 'removes' | 'moves' | 'keeps'): number {
  return lines.reduce((all, line) => all + line[key], 0);
}
