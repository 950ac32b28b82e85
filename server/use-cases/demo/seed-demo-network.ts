import type { Deps } from '#server/deps.ts';
import { SYSTEM } from '#server/actor.ts';
import { countSourcesByStatus } from '#server/repos/catalog/album-sources.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import { listAccounts } from '#server/use-cases/accounts/list-accounts.ts';
import { beginConnect, finishConnect } from '#server/use-cases/accounts/connect-account.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { enrichTracks } from '#server/use-cases/catalog/enrich/enrich-tracks.ts';
import { ingestAlbums } from '#server/use-cases/catalog/ingest/ingest-albums.ts';
import { submitIntake } from '#server/use-cases/catalog/import/submit-import.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { syncPlaylists } from '#server/use-cases/sync/apply/sync-playlists.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { dayOf } from '#shared/domain/days.ts';
import { AppError } from '#shared/errors.ts';
import { DEMO_PLAYLISTS } from './demo-network.ts';

interface DemoRequest {
  /** Links to the albums of the demo catalogue. */
  readonly albumLinks: readonly string[];
  /** Says yes on the consent page as one of the vendor's people; answers what the redirect carried. */
  readonly consent: (authorizeUrl: string, person: string) => Promise<{ code: string; state: string }>;
  /** People of the vendor who lend their accounts. */
  readonly people: readonly string[];
}

/** Days of history before today, so that a newcomer finds something to look back at. They are curated, never synced. */
const HISTORY_DAYS = 6;

/**
 * Builds the demo network through the pipeline that a real one uses: consent, intake, ingest, enrich, curate, sync. Each step is left out
 * where it was done before, so a first start that was cut off is finished by the next.
 */
export async function seedDemoNetwork(deps: Deps, demo: DemoRequest, signal: AbortSignal): Promise<void> {
  await connectAccounts(deps, demo);
  await createDemoPlaylists(deps);
  const sources = await countSourcesByStatus(deps.db);
  const isUntouched = Object.values(sources).every((count) => count === 0);
  if (isUntouched) await submitIntake(deps, SYSTEM, { text: demo.albumLinks.join('\n') });
  await ingestAlbums(deps, 'demo', signal);
  await enrichTracks(deps, 'demo', signal);
  const today = dayOf(deps.now());
  for (let back = HISTORY_DAYS; back >= 0; back -= 1) await curatePlaylists(deps, { day: addDays(today, -back), trigger: 'demo' }, signal);
  await trackRun(deps, { task: 'sync-playlists', trigger: 'demo' }, (report) => syncPlaylists(deps, { day: today, signal }, report));
}

async function connectAccounts(deps: Deps, demo: DemoRequest): Promise<void> {
  if ((await listAccounts(deps, SYSTEM)).length > 0) return;
  for (const person of demo.people) {
    const begun = await beginConnect(deps, SYSTEM, {});
    const { code, state } = await demo.consent(begun.authorizeUrl, person);
    const connected = await finishConnect(deps, SYSTEM, { code, state, browserSecret: begun.browserSecret });
    if (connected.kind === 'refused')
      throw new AppError('provider_rejected', { message: `The demo account of ${person} could not be connected.`, context: { ...connected } });
  }
}

async function createDemoPlaylists(deps: Deps): Promise<void> {
  if ((await listPlaylists(deps.db)).length > 0) return;
  for (const { themeTag, blurb, policy } of DEMO_PLAYLISTS) {
    const { id } = await createPolicy(deps, SYSTEM, { name: themeTag, body: policy });
    await createPlaylists(deps, SYSTEM, { themeTag, blurb, policyId: id, count: 1 });
  }
}
