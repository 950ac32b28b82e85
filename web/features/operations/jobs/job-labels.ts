import type { JobName } from '#shared/contracts/jobs.ts';
import type { JobRunStatus } from '#shared/vocabulary.ts';
import type { Tone } from '#web/ui/feedback/status-text.tsx';

/** Each task's name on the screen, and what a run of it does. */
export const TASK_LABELS: Readonly<Record<JobName, { readonly name: string; readonly short: string; readonly does: string }>> = {
  'ingest-albums': { name: 'Ingest albums', short: 'Ingest', does: 'Reads queued albums from Spotify and saves their tracks.' },
  'enrich-tracks': { name: 'Enrich tracks', short: 'Enrich', does: 'Looks up missing tempo, energy and genres.' },
  'curate-playlists': { name: 'Curate playlists', short: 'Curate', does: 'Selects today’s tracks for every playlist that has none yet.' },
  'scale-playlists': {
    name: 'Scale the network',
    short: 'Scale',
    does: 'Calculates how many playlists the catalog can fill and which accounts host them.',
  },
  'sync-playlists': { name: 'Sync playlists', short: 'Sync', does: 'Plans today’s changes, writes them to Spotify and reads them back.' },
  'reconcile-playlists': {
    name: 'Reconcile with Spotify',
    short: 'Reconcile',
    does: 'Finds playlists that exist only on Spotify or only in Segue.',
  },
  'refresh-tokens': { name: 'Refresh tokens', short: 'Refresh', does: 'Refreshes each account’s access token before it expires.' },
  'draw-covers': { name: 'Draw covers', short: 'Covers', does: 'Draws covers for playlists without one, and where the music drifted.' },
  'check-cover-uploads': { name: 'Check uploaded covers', short: 'Check', does: 'Looks whether Spotify shows an uploaded cover.' },
  'simulate-policies': { name: 'Simulate policies', short: 'Simulate', does: 'Simulates a policy day by day. Publishes nothing.' },
  'run-render': { name: 'Run a render', short: 'Render', does: 'Sends a requested picture to its model and stores the result.' },
  'check-assets': {
    name: 'Check stored files',
    short: 'Check files',
    does: 'Looks for missing and damaged pictures, and makes missing previews again.',
  },
  'refresh-model-prices': { name: 'Refresh prices', short: 'Prices', does: 'Reads what models cost at their vendors.' },
  'index-search': { name: 'Index the search', short: 'Index', does: 'Prepares new and changed recordings, artists and albums for the search.' },
  'tidy-studio': { name: 'Tidy the studio', short: 'Tidy', does: 'Deletes old IP addresses and stored files that nothing uses.' },
  'watch-network': { name: 'Update alerts', short: 'Alerts', does: 'Opens and closes alerts.' },
};

/** Each run status in words, with the tone to show it in. */
export const RUN_STATUS_LABELS: Readonly<Record<JobRunStatus, { readonly name: string; readonly tone: Tone }>> = {
  queued: { name: 'Queued', tone: 'quiet' },
  running: { name: 'Running', tone: 'live' },
  done: { name: 'Done', tone: 'good' },
  failed: { name: 'Failed', tone: 'bad' },
  put_off: { name: 'Postponed', tone: 'soon' },
  cancelled: { name: 'Canceled', tone: 'quiet' },
};
