import type { JobName } from '#shared/contracts/jobs.ts';
import type { JobRunStatus } from '#shared/vocabulary.ts';
import type { Tone } from '#web/ui/feedback/state-text.tsx';

/** What each task is called on the screen, and what pressing "run" does, in a line. */
export const TASK_WORDS: Readonly<Record<JobName, { readonly name: string; readonly short: string; readonly does: string }>> = {
  'ingest-albums': { name: 'Ingest albums', short: 'Ingest', does: 'Reads the albums that wait and writes their tracks.' },
  'enrich-tracks': { name: 'Enrich tracks', short: 'Enrich', does: 'Asks for tempo, energy and genres that are still unknown.' },
  'curate-playlists': { name: 'Curate playlists', short: 'Curate', does: 'Chooses today’s list for every playlist that has none.' },
  'scale-playlists': {
    name: 'Scale the network',
    short: 'Scale',
    does: 'Works out how many playlists the catalogue carries and on which accounts they stand.',
  },
  'sync-playlists': { name: 'Sync playlists', short: 'Sync', does: 'Plans and writes today’s lists to Spotify, then reads them back.' },
  'reconcile-playlists': {
    name: 'Compare with Spotify',
    short: 'Reconcile',
    does: 'Looks for playlists on the accounts that the ledger does not explain, and the other way round.',
  },
  'refresh-tokens': { name: 'Renew access', short: 'Renew', does: 'Renews the access to every account before it runs out.' },
  'simulate-policies': { name: 'Simulate policies', short: 'Simulate', does: 'Plays the days of a simulation forward without publishing anything.' },
  'watch-network': { name: 'Watch the network', short: 'Watch', does: 'Writes down what broke and what is over.' },
};

export const RUN_WORDS: Readonly<Record<JobRunStatus, { readonly name: string; readonly tone: Tone }>> = {
  queued: { name: 'waits', tone: 'quiet' },
  running: { name: 'working', tone: 'live' },
  done: { name: 'done', tone: 'good' },
  failed: { name: 'failed', tone: 'bad' },
  put_off: { name: 'put off', tone: 'soon' },
  cancelled: { name: 'cancelled', tone: 'quiet' },
};
