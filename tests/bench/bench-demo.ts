import { SYSTEM } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import type { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { enrichTracks } from '#server/use-cases/catalog/enrich/enrich-tracks.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { ingestAlbums } from '#server/use-cases/catalog/ingest/ingest-albums.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { DEMO_PLAYLISTS } from '#server/use-cases/demo/demo-network.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { reportObserved } from './figures.ts';

const ALBUMS = 2_000;
const never = new AbortController().signal;

type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/** Sets up the demo network in a sandbox with 2,000 albums: policies, playlists, albums, and the days of history up to today. */
export async function setUpDemo(
  deps: Deps,
  sandbox: Sandbox,
  { today, historyDays }: { readonly today: string; readonly historyDays: number },
): Promise<void> {
  const startedAt = performance.now();
  const links = Array.from({ length: ALBUMS }, (_, at) => `https://open.spotify.com/album/${sandbox.catalog.albumIdAt(at)}`);
  for (const { themeTag, blurb, policy } of DEMO_PLAYLISTS) {
    const { id } = await createPolicy({ ...deps, provePolicy }, SYSTEM, { name: themeTag, body: policy });
    await createPlaylists(deps, SYSTEM, { themeTag, blurb, policyId: id, count: 1 });
  }
  await submitImport(deps, SYSTEM, { text: links.join('\n') });
  await ingestAlbums(deps, { signal: never });
  await enrichTracks(deps, { signal: never });
  for (let back = historyDays; back >= 0; back -= 1) await curatePlaylists(deps, { day: addDays(today, -back), trigger: 'bench', signal: never });
  reportObserved('demo.set-up-seconds', (performance.now() - startedAt) / 1000, 's');
}
