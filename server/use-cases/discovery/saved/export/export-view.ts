import type { Deps } from '#server/deps.ts';
import { countAppliedWrites, listSpotifyTrackNames } from '#server/repos/discovery/saved-exports.ts';
import type { SavedExportRow } from '#server/repos/discovery/saved-exports.ts';
import type { SavedExportLine, SavedExportState, SavedExportView } from '#shared/contracts/discovery/saved-exports.ts';
import type { DiffLine } from '#shared/contracts/sync/sync.ts';
import { describeExport } from '#shared/domain/discovery/saved/describe-export.ts';
import type { SyncPlanStatus } from '#shared/vocabulary.ts';

const TRACK_URI = 'spotify:track:';
const STATES = {
  planned: 'planned',
  waiting: 'planned',
  applying: 'applying',
  applied: 'applied',
  stale: 'outdated',
  failed: 'failed',
} as const satisfies Record<SyncPlanStatus, SavedExportState>;

/** Exports as a person sees them. `problem` is why the listener's account cannot be used now. */
export async function exportViews(
  deps: Pick<Deps, 'db' | 'settings'>,
  rows: readonly SavedExportRow[],
  problem: SavedExportView['problem'],
): Promise<SavedExportView[]> {
  const writes = await countAppliedWrites(
    deps.db,
    rows.map(({ plan }) => plan.id),
  );
  const ids = rows.flatMap(({ plan }) => plan.body.diff.map(({ uri }) => uri.slice(TRACK_URI.length)));
  const names = await listSpotifyTrackNames(deps.db, [...new Set(ids)]);
  const lineOf = (line: DiffLine): SavedExportLine => {
    const known = names.get(line.uri.slice(TRACK_URI.length));
    const at = line.kind === 'move' ? { position: line.to, from: line.from } : { position: line.position, from: null };
    return { kind: line.kind, ...at, title: known?.title ?? 'A track that is not in Segue', artists: known?.artists ?? [] };
  };
  return rows.map((row) => viewOf(deps, row, { problem, writes: writes.get(row.plan.id) ?? 0, lineOf }));
}

function viewOf(
  { settings }: Pick<Deps, 'settings'>,
  { exported, plan, spotifyPlaylistId }: SavedExportRow,
  facts: { readonly problem: SavedExportView['problem']; readonly writes: number; readonly lineOf: (line: DiffLine) => SavedExportLine },
): SavedExportView {
  const { body } = plan;
  const state = STATES[plan.status];
  const url = spotifyPlaylistId === null ? null : `${settings.spotifyWebUrl}/playlist/${spotifyPlaylistId}`;
  const count = (kind: DiffLine['kind']) => body.diff.filter((line) => line.kind === kind).length;
  const counts = { added: count('add'), removed: count('remove'), moved: count('move'), kept: count('keep') };
  const creates = body.steps.some(({ kind }) => kind === 'create');
  const action = creates ? 'create' : body.steps.length > 0 ? 'change' : 'none';
  const details = detailsOf(body);
  const tracks = body.wantedUris.length;
  return {
    id: plan.id,
    savedId: exported.savedId,
    version: exported.version,
    hash: plan.hash,
    state,
    action,
    playlist: { name: body.wantedFace.name, url, account: exported.facts.account },
    lines: body.diff.map(facts.lineOf),
    counts,
    details,
    missing: exported.facts.missing,
    cost: body.cost,
    says: describeExport({ action, counts, details, missing: exported.facts.missing.length, isEdited: body.handEdited, note: plan.statusReason }),
    problem: state === 'applied' ? null : facts.problem,
    plannedAt: plan.plannedAt.toISOString(),
    receipt:
      plan.appliedAt === null || url === null
        ? null
        : {
            appliedAt: plan.appliedAt.toISOString(),
            writes: facts.writes,
            tracks,
            url,
            says: `Spotify shows the ${tracks} tracks in this order.${plan.statusReason ? ` ${plan.statusReason}` : ''}`,
          },
  };
}

function detailsOf({ seenFace, wantedFace, steps }: SavedExportRow['plan']['body']): SavedExportView['details'] {
  const changes = steps.flatMap((step) =>
    step.kind === 'create' ? (['name', 'description'] as const) : step.kind === 'details' ? (step.changes ?? []) : [],
  );
  return changes.flatMap((field) => (field === 'isPublic' ? [] : [{ field, from: seenFace?.[field] ?? null, to: wantedFace[field] }]));
}
