import type { JobRunRow } from '#server/repos/job-runs.ts';
import type { Trouble } from '#shared/contracts/alerts.ts';
import type { AccountRow } from '#shared/contracts/views.ts';

interface Facts {
  readonly playlists: number;
  readonly accounts: readonly AccountRow[];
  readonly latestRuns: readonly JobRunRow[];
  readonly now: Date;
}

/** An account's owner must say yes again within this many days: time enough to reach a person. */
const REAUTH_WARNING_DAYS = 30;

/** Runs that failed today, and accounts that cannot be written to or soon cannot. */
export function listBroken({ playlists, accounts, latestRuns, now }: Facts): Trouble[] {
  const broken: Trouble[] = [];
  for (const run of latestRuns.filter((row) => row.status === 'failed')) {
    const detail = [run.outcome, run.remedy].filter(Boolean).join(' ');
    const action = { label: 'Open jobs', href: '/admin/jobs' };
    broken.push({ key: `task:${run.task}:failed`, level: 'critical', what: `${TASK_WORDS[run.task]} failed`, detail, action });
  }
  for (const account of accounts) broken.push(...accountTrouble(account, now));
  if (accounts.length === 0 && playlists > 0) {
    broken.push({
      key: 'accounts:none',
      level: 'critical',
      what: 'No Spotify account carries the playlists',
      detail: 'Connect one, and the next sync creates them.',
      action: { label: 'Connect an account', href: '/admin/accounts' },
    });
  }
  return broken;
}

const TASK_WORDS: Record<JobRunRow['task'], string> = {
  'ingest-albums': 'Reading albums',
  'enrich-tracks': 'Enriching tracks',
  'curate-playlists': 'Curating',
  'scale-playlists': 'Scaling the network',
  'sync-playlists': 'Writing to Spotify',
  'reconcile-playlists': 'Comparing the accounts with the ledger',
  'refresh-tokens': 'Renewing access to the accounts',
  'simulate-policies': 'Playing days forward',
  'watch-network': 'Watching the network',
};

function accountTrouble(account: AccountRow, now: Date): Trouble[] {
  const action = { label: 'Open accounts', href: '/admin/accounts' };
  if (account.status !== 'active') {
    const detail = account.statusReason ?? 'Its owner must say yes to Spotify again.';
    return [{ key: `account:${account.id}:unusable`, level: 'critical', what: `${account.displayName} is not usable`, detail, action }];
  }
  const days = Math.floor((Date.parse(account.reauthBy) - now.getTime()) / 86_400_000);
  if (days > REAUTH_WARNING_DAYS) return [];
  const what = days <= 0 ? `${account.displayName} is signed out` : `${account.displayName} signs out in ${days} ${days === 1 ? 'day' : 'days'}`;
  const detail = `Its owner must say yes to Spotify again. ${account.playlists} playlists depend on it.`;
  return [{ key: `account:${account.id}:reauth`, level: days <= 3 ? 'critical' : 'warning', what, detail, action }];
}
