import type { Deps } from '#server/deps.ts';
import { listForecastFacts } from '#server/repos/sync/sync-forecast.ts';
import type { ForecastFacts } from '#server/repos/sync/sync-forecast.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { DryRunLine } from '#shared/contracts/sync/dry-run.ts';
import { playlistName } from '#shared/domain/curation/naming.ts';
import { requestsFor } from '#shared/domain/sync/planning/sync-plan.ts';
import { lineIdentity } from './dry-run-lines.ts';

/** Estimates the day's changes from the last receipts. Does not ask Spotify, so manual edits and deleted playlists are not detected. */
export async function forecastDay(
  deps: Pick<Deps, 'db' | 'settings'>,
  day: string,
  targets: readonly SyncTarget[],
): Promise<ReadonlyMap<SyncTarget, DryRunLine>> {
  const facts = await listForecastFacts(deps.db, day);
  return new Map(targets.map((target) => [target, forecastLine(deps, { target, day, facts: facts.get(target.replica.id) })]));
}

function forecastLine(
  { settings }: Pick<Deps, 'settings'>,
  { target, day, facts }: { target: SyncTarget; day: string; facts: ForecastFacts | undefined },
): DryRunLine {
  const { replica, playlist } = target;
  const creates = replica.spotifyPlaylistId === null;
  const { wanted = 0, common = 0, before = 0 } = facts ?? {};
  const nameOn = (on: string) => playlistName(settings.playlistNameTemplate, { ...playlist, day: on });
  const renames = !creates && replica.keptFace?.name === undefined && replica.syncedDay !== null && nameOn(replica.syncedDay) !== nameOn(day);
  const isNewList = creates || (replica.syncedDay !== day && (common < wanted || common < before));
  return {
    ...lineIdentity(target),
    adds: wanted - common,
    removes: creates ? 0 : before - common,
    moves: 0,
    keeps: common,
    creates,
    renames,
    handEdited: false,
    problem: null,
    lost: replica.status === 'lost',
    cost: requestsFor({ items: wanted, before, creates, rewrites: isNewList, renames }),
    plan: null,
  };
}
