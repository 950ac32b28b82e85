import type { Deps } from '#server/deps.ts';
import { listCaptions } from '#server/repos/catalog/recording-captions.ts';
import { listSnapshotStatuses } from '#server/repos/curation/ledger.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import { getCachedCatalog } from '#server/use-cases/catalog/cached-catalog.ts';
import type { LoadedCatalog } from '#shared/domain/catalog/loaded-catalog.ts';
import { prepareLists } from '../prepare-lists.ts';
import type { PlaylistToCurate } from '../prepare-lists.ts';
import { readRecentPlacements } from '../read-recent-placements.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { policyNeedsTexts } from '#shared/domain/policies/needs-texts.ts';
import type { PolicyPreviewView, PreviewEntryView } from '#shared/contracts/curation/preview.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { camelotCode } from '#shared/domain/catalog/camelot.ts';
import { curateDay } from '#shared/domain/curation/curate-day.ts';
import type { DraftEntry } from '#shared/domain/curation/curate-day.ts';
import { arcEnergies } from '#shared/domain/curation/flow.ts';
import { pictureSpreads } from '#shared/domain/curation/quality/spread-picture.ts';
import { dayOf } from '#shared/domain/days.ts';
import { whyLine } from '#shared/domain/curation/explanations/why-summary.ts';
import { listsOfDraft } from './draft-lists.ts';

type PreviewDeps = Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>;

/** A draft whose list is previewed: of that playlist, or of the first that follows the family, or of a hypothetical one. */
export interface ListToPreview {
  readonly policy: Policy;
  readonly familyId: string | undefined;
  readonly playlistIndex?: number | undefined;
  /** The next day without lists when undefined. */
  readonly day?: string | undefined;
}

/** What curating the list of a draft needs. */
interface DraftOnDay {
  readonly loaded: LoadedCatalog;
  readonly day: string;
  /** The playlist that the draft is previewed for. */
  readonly playlist: PlaylistToCurate | undefined;
}

/** The list that a draft would make on a day, with its reasons and pictures, from the recordings that the ledger allows then. Stores nothing. */
export async function previewList(deps: PreviewDeps, draft: ListToPreview): Promise<PolicyPreviewView> {
  const { loaded, day, playlist } = await openDraft(deps, draft);
  const { catalog } = loaded;
  const lists = (await prepareLists(deps, loaded, { from: day, playlists: playlist ? [playlist] : [] }))(day);
  const repeatIndex = await readRecentPlacements(deps, loaded, { day, lists });
  const [made] = curateDay({ catalog, day, lists, repeatIndex });
  const entries = made?.entries ?? [];
  const rows = entries.map(({ row }) => row);
  const { energy } = draft.policy.flow;
  const wished =
    energy === 'free'
      ? undefined
      : arcEnergies(
          rows.map((row) => catalog.numbers.energy[row] ?? Number.NaN),
          energy,
        );
  const { report } = made ?? {};
  return {
    day,
    entries: await toEntryViews(deps, { day, entries, wished }),
    notes: report?.notes ?? [],
    spreads: pictureSpreads(catalog, rows, draft.policy),
    shortfall: report?.shortfall ?? [],
    pool: report?.pool ?? 0,
    candidates: report?.candidates ?? 0,
    resting: report?.resting ?? 0,
  };
}

/** Loads the catalog and finds the playlist and the day of a draft. */
export async function openDraft(deps: PreviewDeps, { policy, familyId, playlistIndex, day }: ListToPreview): Promise<DraftOnDay> {
  const loaded = await getCachedCatalog(deps, { texts: policyNeedsTexts(policy) });
  const playlists = await listPlaylists(deps.db);
  const family = familyId ?? playlists.find((one) => one.globalIndex === playlistIndex)?.policyFamilyId;
  const followers = listsOfDraft(playlists, { policy, familyId: family });
  return { loaded, day: day ?? (await nextDay(deps)), playlist: followers.find((one) => one.globalIndex === playlistIndex) ?? followers[0] };
}

async function nextDay(deps: Pick<Deps, 'db' | 'now'>): Promise<string> {
  const today = dayOf(deps.now());
  return (await listSnapshotStatuses(deps.db, today)).size > 0 ? addDays(today, 1) : today;
}

interface DraftedList {
  readonly day: string;
  readonly entries: readonly DraftEntry[];
  readonly wished: Float64Array | undefined;
}

async function toEntryViews(deps: Pick<Deps, 'db'>, { day, entries, wished }: DraftedList): Promise<PreviewEntryView[]> {
  const captions = await listCaptions(
    deps.db,
    entries.map((entry) => entry.recordingId),
  );
  return entries.map(({ recordingId, reasons }, at) => {
    const caption = captions.get(recordingId);
    return {
      position: at + 1,
      recordingId,
      title: caption?.title ?? '',
      artists: caption?.artists ?? [],
      album: caption?.album ?? '',
      why: whyLine(reasons, { day, recordingId }),
      reasons,
      energy: caption?.energy ?? null,
      wishedEnergy: wished?.[at] ?? null,
      tempo: caption?.tempo ?? null,
      camelot: camelotCode(caption?.key, caption?.mode),
      block: reasons.block ?? null,
    };
  });
}
