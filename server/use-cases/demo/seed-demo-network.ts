import { setMaxListeners } from 'node:events';
import type { Deps } from '#server/deps.ts';
import { SYSTEM } from '#server/actor.ts';
import { countSourcesByStatus } from '#server/repos/catalog/album-sources.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import { listAccounts } from '#server/use-cases/accounts/list-accounts.ts';
import { beginConnect, finishConnect } from '#server/use-cases/accounts/connect-account.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { enrichTracks } from '#server/use-cases/catalog/enrich/enrich-tracks.ts';
import { ingestAlbums } from '#server/use-cases/catalog/ingest/ingest-albums.ts';
import { drawCovers } from '#server/use-cases/covers/network/draw-covers.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import type { Outcome, Report } from '#server/use-cases/progress.ts';
import { syncPlaylists } from '#server/use-cases/sync/apply/sync-playlists.ts';
import type { JobName } from '#shared/contracts/jobs.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { DEMO_PLAYLISTS } from './demo-network.ts';

interface DemoRequest {
  /** Links to the albums of the demo catalog. */
  readonly albumLinks: readonly string[];
  /** Agrees on the consent page as one of the sandbox's users; returns the parameters of the redirect. */
  readonly consent: (authorizeUrl: string, person: string) => Promise<{ code: string; state: string }>;
  /** Sandbox users whose accounts host playlists. */
  readonly people: readonly string[];
}

/** Days of history before today, so that a new user has some to look at. They are curated, not synced. */
const HISTORY_DAYS = 6;

/**
 * Builds the demo network through the real pipeline: consent, import, ingest, enrich, curate, sync. Steps that were done before are skipped, so an
 * interrupted first start is finished by the next one. Throws `provider_rejected` when a demo account cannot be connected.
 */
export async function seedDemoNetwork(deps: Deps, demo: DemoRequest, signal: AbortSignal): Promise<void> {
  // Every request in progress listens to it, and Node warns above ten listeners.
  setMaxListeners(0, signal);
  await connectAccounts(deps, demo);
  await createDemoPlaylists(deps);
  const sources = await countSourcesByStatus(deps.db);
  const isEmpty = Object.values(sources).every((count) => count === 0);
  if (isEmpty) await submitImport(deps, SYSTEM, { text: demo.albumLinks.join('\n') });
  const track = (task: JobName, work: (report: Report) => Promise<Outcome>) => trackRun(deps, { task, trigger: 'demo', signal }, work);
  await track('ingest-albums', (report) => ingestAlbums(deps, { signal }, report));
  await track('enrich-tracks', (report) => enrichTracks(deps, { signal }, report));
  const today = dayOf(deps.now());
  for (let back = HISTORY_DAYS; back >= 0; back -= 1) {
    const day = addDays(today, -back);
    await track('curate-playlists', (report) => curatePlaylists(deps, { day, trigger: 'demo', signal }, report));
  }
  // Before the sync, so that the first one carries them.
  await track('draw-covers', (report) => drawCovers(deps, { signal }, report));
  await track('sync-playlists', (report) => syncPlaylists(deps, { day: today, signal }, report));
}

async function connectAccounts(deps: Deps, demo: DemoRequest): Promise<void> {
  if ((await listAccounts(deps, SYSTEM)).length > 0) return;
  for (const person of demo.people) {
    const attempt = await beginConnect(deps, SYSTEM, {});
    const { code, state } = await demo.consent(attempt.authorizeUrl, person);
    const connected = await finishConnect(deps, SYSTEM, { code, state, browserSecret: attempt.browserSecret });
    if (connected.kind === 'refused')
      throw new AppError('provider_rejected', { message: `The demo account of ${person} could not be connected.`, context: { ...connected } });
  }
}

async function createDemoPlaylists(deps: Deps): Promise<void> {
  if ((await listPlaylists(deps.db)).length > 0) return;
  for (const { themeTag, blurb, policy } of DEMO_PLAYLISTS) {
    const { id } = await createPolicy({ ...deps, provePolicy }, SYSTEM, { name: themeTag, body: policy });
    await createPlaylists(deps, SYSTEM, { themeTag, blurb, policyId: id, count: 1 });
  }
}
