import type { JobRunRow } from '#server/repos/job-runs.ts';
import type { Trouble } from '#shared/contracts/alerts.ts';

/** Runs that failed today. */
export function listBroken(latestRuns: readonly JobRunRow[]): Trouble[] {
  return latestRuns
    .filter((row) => row.status === 'failed')
    .map((run) => {
      const detail = [run.outcome, run.remedy].filter(Boolean).join(' ');
      const action = { label: 'Open jobs', href: '/admin/jobs' };
      return { key: `task:${run.task}:failed`, level: 'critical', what: `${TASK_WORDS[run.task]} failed`, detail, action };
    });
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
