import type { Deps } from '#server/deps.ts';
import type { SavedRow } from '#server/repos/discovery/saved-playlists.ts';
import { listSpotifyTrackNames } from '#server/repos/discovery/saved-exports.ts';
import type { SavedExportView } from '#shared/contracts/discovery/saved-exports.ts';
import type { WantedExport } from './wanted-export.ts';

interface Unplanned {
  readonly saved: SavedRow;
  readonly wanted: WantedExport;
  readonly account: string | null;
  readonly problem: SavedExportView['problem'];
}

/** What would be on Spotify, while it cannot be asked what is there: no plan is stored, and nothing can be applied. */
export async function previewUnplanned(deps: Pick<Deps, 'db' | 'now'>, { saved, wanted, account, problem }: Unplanned): Promise<SavedExportView> {
  const ids = wanted.uris.map((uri) => uri.slice('spotify:track:'.length));
  const names = await listSpotifyTrackNames(deps.db, ids);
  return {
    id: null,
    savedId: saved.id,
    version: saved.version,
    hash: null,
    state: 'planned',
    action: 'create',
    playlist: { name: wanted.name, url: null, account },
    lines: ids.map((id, at) => ({
      kind: 'add',
      position: at + 1,
      from: null,
      title: names.get(id)?.title ?? '',
      artists: names.get(id)?.artists ?? [],
    })),
    counts: { added: ids.length, removed: 0, moved: 0, kept: 0 },
    details: [],
    missing: wanted.missing,
    cost: { reads: 0, writes: 0 },
    says: [],
    problem,
    plannedAt: deps.now().toISOString(),
    receipt: null,
  };
}
