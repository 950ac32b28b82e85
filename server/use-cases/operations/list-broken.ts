import type { JobRunRow } from '#server/repos/job-runs.ts';
import type { PlaylistFacts } from '#server/repos/playlist-facts.ts';
import type { AccountRow, OverviewView } from '#shared/contracts/views.ts';
import type { SourceStatus } from '#shared/vocabulary.ts';

interface Facts {
  readonly facts: readonly PlaylistFacts[];
  readonly accounts: readonly AccountRow[];
  readonly sources: Readonly<Record<SourceStatus, number>>;
  readonly latestRuns: readonly JobRunRow[];
  readonly now: Date;
}

type Broken = OverviewView['broken'][number];

/** An account's owner must say yes again within this many days: time enough to reach a person. */
const REAUTH_WARNING_DAYS = 30;

/** What needs a person, worst first, each with what to press. */
export function listBroken({ facts, accounts, sources, latestRuns, now }: Facts): Broken[] {
  const broken: Broken[] = [];
  for (const row of facts.filter((fact) => fact.today === 'unfilled')) {
    const detail = row.shortfall?.[0] ?? 'Its rules leave too few recordings.';
    broken.push({
      level: 'critical',
      what: `“${row.themeTag}” could not be filled`,
      detail: row.lastSyncedDay ? `${detail} The earlier list is still online.` : detail,
      action: { label: 'See the rules', href: `/playlist/${row.index}` },
    });
  }
  for (const run of latestRuns.filter((row) => row.status === 'failed')) {
    const detail = [run.outcome, run.remedy].filter(Boolean).join(' ');
    broken.push({ level: 'critical', what: `${TASK_WORDS[run.task]} failed`, detail, action: { label: 'Open jobs', href: '/admin/jobs' } });
  }
  for (const account of accounts) broken.push(...accountTrouble(account, now));
  if (accounts.length === 0 && facts.length > 0) {
    broken.push({
      level: 'critical',
      what: 'No Spotify account carries the playlists',
      detail: 'Connect one, and the next sync creates them.',
      action: { label: 'Connect an account', href: '/admin/accounts' },
    });
  }
  if (sources.failed > 0) {
    const what = sources.failed === 1 ? 'One album did not come in' : `${sources.failed} albums did not come in`;
    broken.push({
      level: 'warning',
      what,
      detail: 'Each line says why and what to do.',
      action: { label: `Review ${sources.failed}`, href: '/admin/intake?status=failed' },
    });
  }
  return broken.toSorted((a, b) => (a.level === b.level ? 0 : a.level === 'critical' ? -1 : 1));
}

const TASK_WORDS: Record<JobRunRow['task'], string> = {
  'ingest-albums': 'Reading albums',
  'enrich-tracks': 'Enriching tracks',
  'curate-playlists': 'Curating',
  'scale-playlists': 'Scaling the network',
  'sync-playlists': 'Writing to Spotify',
};

function accountTrouble(account: AccountRow, now: Date): Broken[] {
  const action = { label: 'Open accounts', href: '/admin/accounts' };
  if (account.status !== 'active') {
    return [
      {
        level: 'critical',
        what: `${account.displayName} is not usable`,
        detail: account.statusReason ?? 'Its owner must say yes to Spotify again.',
        action,
      },
    ];
  }
  const days = Math.floor((Date.parse(account.reauthBy) - now.getTime()) / 86_400_000);
  if (days > REAUTH_WARNING_DAYS) return [];
  const what = days <= 0 ? `${account.displayName} is signed out` : `${account.displayName} signs out in ${days} ${days === 1 ? 'day' : 'days'}`;
  return [
    {
      level: days <= 3 ? 'critical' : 'warning',
      what,
      detail: `Its owner must say yes to Spotify again. ${account.playlists} playlists depend on it.`,
      action,
    },
  ];
}
