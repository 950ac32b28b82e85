import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findReplica } from '#server/repos/sync/replicas.ts';
import { listEntryReasons, listTrackCaptions } from '#server/repos/curation/snapshots-read.ts';
import { listOperations } from '#server/repos/sync/sync-operations.ts';
import { findNamedPlan } from '#server/repos/sync/sync-plans.ts';
import type { NamedPlan } from '#server/repos/sync/sync-plans.ts';
import type { SyncPlanDetailInput } from '#shared/contracts/sync/sync-inputs.ts';
import type { SyncPlanDetailView, TrackLine } from '#shared/contracts/sync/plan-views.ts';
import { whyLine } from '#shared/domain/curation/explanations/explain.ts';
import { UNAVAILABLE_URI } from '#shared/domain/sync/planning/sync-plan.ts';
import { AppError } from '#shared/errors.ts';
import type { SpotifyTrackId } from '#shared/ids.ts';
import { spotifyTrackId } from '#shared/ids.ts';
import { viewSyncPlan } from './view-sync-plan.ts';

const TRACK_URI = 'spotify:track:';

/** A plan as a readable diff: each line with title, artists and the reason it was chosen. Throws `not_found`. */
export async function getSyncPlanDetail(deps: Pick<Deps, 'db'>, actor: Actor, input: SyncPlanDetailInput): Promise<SyncPlanDetailView> {
  requireAdmin(actor);
  const named = await findNamedPlan(deps.db, input.planId);
  if (!named) throw new AppError('not_found', { message: 'This sync plan no longer exists.', remedy: 'Plan the sync again.' });
  const operations = await listOperations(deps.db, named.plan.id);
  const lines = await trackLines(deps, named);
  return {
    ...viewSyncPlan(named, (uri) => `“${(lines.get(uri) ?? unknownTrack(uri)).title}”`),
    diff: named.plan.body.diff.map((line) => ({ ...line, track: lines.get(line.uri) ?? unknownTrack(line.uri) })),
    operations: operations.map(({ kind, state, receipt }) => ({ kind, state, receipt })),
  };
}

async function trackLines(deps: Pick<Deps, 'db'>, { plan }: NamedPlan): Promise<Map<string, TrackLine>> {
  const edited = (plan.body.hand?.lines ?? []).flatMap((line) => ('uri' in line ? trackIdOf(line.uri) : []));
  const ids = new Set([...plan.body.diff.flatMap((line) => trackIdOf(line.uri)), ...edited]);
  const captions = await listTrackCaptions(deps.db, [...ids]);
  const replica = plan.replicaId === null ? undefined : await findReplica(deps.db, plan.replicaId);
  // In a rollback, added tracks have their reasons from the day that is shown again.
  const days = [...new Set([plan.body.shows ?? plan.batchTag, plan.batchTag])];
  const entries = replica ? await Promise.all(days.map((on) => listEntryReasons(deps.db, replica.playlistId, on))) : [];
  const reasons = new Map(entries.toReversed().flatMap((list) => list.map((entry) => [entry.trackId, entry.reasons] as const)));
  return new Map(
    captions.map(({ trackId, title, artists }) => {
      const why = reasons.get(trackId);
      const uri = `${TRACK_URI}${trackId}`;
      return [uri, { uri, title, artists, why: why ? whyLine(why, { day: plan.batchTag }) : null }];
    }),
  );
}

function trackIdOf(uri: string): SpotifyTrackId[] {
  const parsed = spotifyTrackId.safeParse(uri.startsWith(TRACK_URI) ? uri.slice(TRACK_URI.length) : '');
  return parsed.success ? [parsed.data] : [];
}

function unknownTrack(uri: string): TrackLine {
  const title = uri === UNAVAILABLE_URI ? 'A track that is no longer on Spotify' : 'A track that is not in the catalog';
  return { uri, title, artists: [], why: null };
}
