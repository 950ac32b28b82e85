import type { Actor } from '#server/actor.ts';
import { issueCertificate } from '#server/use-cases/playlists/issue-certificate.ts';
import { DEFAULT_NETWORK_SETTINGS } from '#shared/contracts/settings.ts';
import { syncPlanId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { DAY_ONE, DAY_TWO, openNetwork } from './sync-network.ts';
import type { Network } from './sync-network.ts';

const ANONYMOUS: Actor = { kind: 'anonymous' };
/** Repeat window of the playlist, across the network. */
export const WINDOW = 30;

/** Fifty tracks on day one, fifty others on day two, both synced; a repeat window of 30 days. The clock is at day two. */
export async function openTwoShownDays({
  people = ['segue-north'],
  webRoot,
}: { people?: readonly string[]; webRoot?: string } = {}): Promise<Network> {
  const network = await openNetwork({ people, ...(webRoot === undefined ? {} : { webRoot }) });
  const { db } = network.deps;
  const { scaling } = DEFAULT_NETWORK_SETTINGS;
  await network.admin.playlistAdmin.scaling.saveSettings({ ...DEFAULT_NETWORK_SETTINGS, scaling: { ...scaling, replicationFactor: people.length } });
  await db.execute(sql`update curation_policies set body = jsonb_set(body, '{rest}', ${JSON.stringify({ days: WINDOW, scope: 'network' })}::jsonb)`);
  await network.publishDay(DAY_ONE, network.list(0, 50));
  await network.sync(DAY_ONE);
  network.clock.set(`${DAY_TWO}T05:00:00Z`);
  await network.publishDay(DAY_TWO, network.list(60, 50));
  await network.sync(DAY_TWO);
  await db.execute(sql`update placements set rest_scope = 'network', rest_days = ${WINDOW}`);
  return network;
}

/** Everything that a visitor can read about playlist 1 on a day. */
export async function readPublic(network: Network, on: string) {
  const visitor = network.as(ANONYMOUS).playlists;
  const [wall, page, now, certificate, file, history] = await Promise.all([
    visitor.overview(),
    visitor.playlist({ index: 1, day: on }),
    visitor.playlist({ index: 1 }),
    visitor.certificate({ index: 1, day: on }),
    issueCertificate(network.deps, { index: 1, day: on }),
    visitor.history({ index: 1, day: on }),
  ]);
  const card = wall.playlists[0];
  if (!card) throw new Error('The wall has no playlist.');
  return { wall, card, page, now, certificate, file, history };
}

type Public = Awaited<ReturnType<typeof readPublic>>;

const uri = (id: string) => `spotify:track:${id}`;

/** The tracks of the page, of the certificate and of the history, as URIs; they must agree. */
export function tracksOf({ page, file, history }: Public): { page: string[]; certificate: string[]; history: string[] } {
  return {
    page: page.entries.map(({ trackId }) => uri(trackId)),
    certificate: file.entries.map(({ trackId }) => uri(trackId)),
    history: history.shown?.tracks.map((track) => track.uri) ?? [],
  };
}

/** Previews and creates a rollback of today to day one; applies the plans of the given accounts only. */
export async function rollBackToDayOne(network: Network, applyTo: readonly string[] | 'all' | 'none'): Promise<void> {
  const { playlists, sync } = network.admin.playlistAdmin;
  const { hash } = await playlists.previewRollback({ index: 1, showsDay: DAY_ONE });
  const { plans } = await playlists.rollBack({ index: 1, showsDay: DAY_ONE, hash, reason: 'The new ones were wrong.' });
  const chosen = applyTo === 'none' ? [] : plans.filter(({ account }) => applyTo === 'all' || applyTo.includes(account));
  for (const plan of chosen) await sync.applyOne({ planId: syncPlanId.parse(plan.id), hash: plan.hash });
}
