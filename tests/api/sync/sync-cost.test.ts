import { SYSTEM } from '#server/actor.ts';
import { writeNetworkSettings } from '#server/repos/network-settings.ts';
import { applyDryRun } from '#server/use-cases/sync/dry-run/apply-dry-run.ts';
import { approveDryRun } from '#server/use-cases/sync/dry-run/approve-dry-run.ts';
import { planSync } from '#server/use-cases/sync/plan/plan-sync.ts';
import { networkSettingsBody } from '#shared/contracts/settings.ts';
import { expect, test } from 'vitest';
import { dayNumber, openManyPlaylists } from '#tests/support/network/many-playlists.ts';
import type { ManyPlaylists } from '#tests/support/network/many-playlists.ts';

/** More than two pages of playlists, the size of the account's list at the start. */
const PLAYLISTS = 53;

/** Plans the day, applies it, and returns the estimated and the actual numbers of reads and writes. */
async function measure(network: ManyPlaylists, on: ReturnType<typeof dayNumber>) {
  const { dryRun } = await planSync(network.deps, SYSTEM, { day: on });
  const ids = { dryRunId: dryRun?.id ?? '', hash: dryRun?.hash ?? '' };
  await approveDryRun(network.deps, SYSTEM, ids);
  network.spotify.clearRequests();
  const outcome = await applyDryRun(network.deps, { dryRunId: ids.dryRunId, signal: new AbortController().signal });
  const requests = network.spotify.requests().filter(({ service }) => service === 'api');
  const reads = requests.filter(({ method }) => method === 'GET').length;
  return { body: dryRun?.body, outcome, spent: { reads, writes: requests.length - reads } };
}

test(
  'the cost that a dry run states is what applying it costs: creating many, changing some, and merging a manual edit',
  { timeout: 300_000 },
  async () => {
    await using network = await openManyPlaylists({ people: ['segue-north'] });
    await writeNetworkSettings(network.deps.db, networkSettingsBody.parse({ sync: { createsADay: 1_000 } }), { at: network.clock.now(), by: 'test' });
    await network.add(PLAYLISTS);
    await network.publishDay(dayNumber(0), 0);
    const first = await measure(network, dayNumber(0));
    expect(first.outcome).toMatchObject({ applied: PLAYLISTS, failed: [] });
    // Each creation reads the account's playlists: one page up to the fiftieth, two beyond.
    expect(first.body?.cost).toEqual({ reads: 2 * PLAYLISTS + 2, writes: 2 * PLAYLISTS });
    expect(first.spent).toEqual(first.body?.cost);

    const [edited] = network.spotify.playlists();
    network.spotify.editPlaylist(edited?.id ?? '', { uris: edited?.uris.toReversed() ?? [] });
    const again = await measure(network, dayNumber(0));
    expect(again.body).toMatchObject({ changed: 1, unchanged: PLAYLISTS - 1, cost: { reads: 2, writes: 1 } });
    expect(again.spent).toEqual(again.body?.cost);

    await network.publishDay(dayNumber(1), 60);
    const next = await measure(network, dayNumber(1));
    expect(next.outcome).toMatchObject({ applied: PLAYLISTS, failed: [] });
    expect(next.spent).toEqual(next.body?.cost);
  },
);
