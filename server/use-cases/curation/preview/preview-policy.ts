import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listCaptions } from '#server/repos/catalog/recording-captions.ts';
import { listSnapshotStatuses } from '#server/repos/curation/ledger.ts';
import { listPlaylists } from '#server/repos/curation/playlists.ts';
import { getCachedCatalog } from '#server/use-cases/catalog/cached-catalog.ts';
import { prepareLists } from '../prepare-lists.ts';
import { readRecentPlacements } from '../read-recent-placements.ts';
import type { PreviewPolicyInput } from '#shared/contracts/policies/policy-inputs.ts';
import { policyNeedsTexts } from '#shared/domain/policies/needs-texts.ts';
import type { PolicyPreviewView, PreviewEntryView } from '#shared/contracts/curation/preview.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { camelotCode } from '#shared/domain/catalog/camelot.ts';
import { curateDay } from '#shared/domain/curation/curate-day.ts';
import type { DraftEntry } from '#shared/domain/curation/curate-day.ts';
import { dayOf } from '#shared/domain/days.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { whyLine } from '#shared/domain/curation/explanations/why-summary.ts';
import { listsOfDraft } from './draft-lists.ts';

/**
 * Previews the list that a draft would make on a day, with reasons, from the recordings that the ledger allows then; nothing is stored. The day is the
 * next one without lists by default. Throws `invalid_input` for an invalid draft.
 */
export async function previewPolicy(
  deps: Pick<Deps, 'db' | 'stream' | 'now' | 'caches'>,
  actor: Actor,
  input: PreviewPolicyInput,
): Promise<PolicyPreviewView> {
  requireAdmin(actor);
  const policy = parsePolicy(input.body);
  const loaded = await getCachedCatalog(deps, { texts: policyNeedsTexts(policy) });
  const day = input.day ?? (await nextDay(deps));
  const playlists = await listPlaylists(deps.db);
  const familyId = input.familyId ?? playlists.find((one) => one.globalIndex === input.playlistIndex)?.policyFamilyId;
  const followers = listsOfDraft(playlists, { policy, familyId });
  const playlist = followers.find((one) => one.globalIndex === input.playlistIndex) ?? followers[0];
  const lists = (await prepareLists(deps, loaded, { from: day, playlists: playlist ? [playlist] : [] }))(day);
  const repeatIndex = await readRecentPlacements(deps, loaded, { day, lists });
  const [draft] = curateDay({ catalog: loaded.catalog, day, lists, repeatIndex });
  const entries = draft?.entries ?? [];
  const { report } = draft ?? {};
  return {
    day,
    entries: await toEntryViews(deps, day, entries),
    shortfall: report?.shortfall ?? [],
    pool: report?.pool ?? 0,
    candidates: report?.candidates ?? 0,
    resting: report?.resting ?? 0,
  };
}

async function nextDay(deps: Pick<Deps, 'db' | 'now'>): Promise<string> {
  const today = dayOf(deps.now());
  return (await listSnapshotStatuses(deps.db, today)).size > 0 ? addDays(today, 1) : today;
}

async function toEntryViews(deps: Pick<Deps, 'db'>, day: string, entries: readonly DraftEntry[]): Promise<PreviewEntryView[]> {
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
      tempo: caption?.tempo ?? null,
      camelot: camelotCode(caption?.key, caption?.mode),
      block: reasons.block ?? null,
    };
  });
}
