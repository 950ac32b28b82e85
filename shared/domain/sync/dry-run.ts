import type { DryRunBody, DryRunLine } from '#shared/contracts/sync/dry-run.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import { secondsFor } from './dry-run-time.ts';
import { blastRadiusExceeded, risksOf } from './dry-run-risk.ts';

interface LinesOfAccount {
  readonly accountId: string;
  readonly account: string;
  /** Requests a minute of its own; null where only the app's budget holds. */
  readonly requestsPerMinute: number | null;
  readonly problem: string | null;
  /** Playlists of ours that stand on it already. */
  readonly standing: number;
  readonly lines: readonly DryRunLine[];
}

/** Playlists on one page of an account's list. */
const PLAYLISTS_PER_PAGE = 50;

interface DryRunQuestion {
  readonly day: string;
  readonly basis: DryRunBody['basis'];
  readonly accounts: readonly LinesOfAccount[];
  /** Requests a minute of the whole app; undefined when nobody counts. */
  readonly appPerMinute: number | undefined;
  readonly limits: NetworkSettings['sync'];
  readonly unfollows: number;
  /** Playlists for which no account has room. */
  readonly withoutRoom: number;
}

/** What a day's sync would do to the whole network, in numbers and in sentences. */
export function summariseDryRun(question: DryRunQuestion): DryRunBody {
  const { accounts, appPerMinute } = question;
  const lines = accounts.flatMap((account) => account.lines);
  const count = (holds: (line: DryRunLine) => boolean) => lines.filter(holds).length;
  const totals = {
    replicas: lines.length,
    changed: count(isChange),
    unchanged: count((line) => !isChange(line) && line.problem === null),
    creates: count((line) => line.creates),
    renames: count((line) => line.renames),
    unfollows: question.unfollows,
    handEdited: count((line) => line.handEdited),
    lost: count((line) => line.lost),
    tracks: { adds: sum(lines, 'adds'), removes: sum(lines, 'removes'), moves: sum(lines, 'moves'), keeps: sum(lines, 'keeps') },
    cost: accounts.map(costOf).reduce(addCosts, { reads: 0, writes: 0 }),
  };
  const perAccount = accounts.map((one) => accountPart(one, appPerMinute));
  const exceeds = blastRadiusExceeded(totals, question.limits);
  const seconds = secondsFor(
    accounts.map((one) => ({ requests: requestsOf(costOf(one)), perMinute: one.requestsPerMinute })),
    appPerMinute,
  );
  return {
    version: 1,
    day: question.day,
    basis: question.basis,
    ...totals,
    seconds,
    exceeds,
    risks: risksOf({
      ...totals,
      accounts: perAccount,
      exceeds,
      seconds,
      withoutRoom: question.withoutRoom,
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
 * What the lines of an account cost together. Before each creation the account's list is read to its end, and it grows: a line counts its first
 * page. What else an account has is not known before it is asked, and may take further pages.
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
