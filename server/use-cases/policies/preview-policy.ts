import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listCaptions } from '#server/repos/recording-captions.ts';
import { listPlaylists } from '#server/repos/playlists.ts';
import { holdCatalogue } from '#server/use-cases/curate/held-catalogue.ts';
import { createRestBook } from '#server/use-cases/curate/rest-book.ts';
import type { PreviewPolicyInput } from '#shared/contracts/policy-inputs.ts';
import type { PolicyPreviewView, PreviewEntryView } from '#shared/contracts/policy-views.ts';
import { curateGroup } from '#shared/domain/curate-group.ts';
import type { DraftEntry } from '#shared/domain/curate-group.ts';
import { dayOf } from '#shared/domain/days.ts';
import { parsePolicy } from '#shared/domain/policy-document.ts';
import { restScopeKey } from '#shared/domain/rest-scope.ts';
import { whyLine } from '#shared/domain/why-line.ts';

/** Stands in for a playlist and a family that do not exist yet. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The list that a draft would make on a day, with its reasons, from what the ledger says rests; nothing is stored. Throws `invalid_input` for a bad draft. */
export async function previewPolicy(deps: Pick<Deps, 'db' | 'stream' | 'now'>, actor: Actor, input: PreviewPolicyInput): Promise<PolicyPreviewView> {
  requireAdmin(actor);
  const policy = parsePolicy(input.body);
  const loaded = await holdCatalogue(deps, [policy]);
  const day = input.day ?? dayOf(deps.now());
  const playlists = await listPlaylists(deps.db);
  const known = playlists.find((one) =>
    input.playlistIndex === undefined ? one.policyFamilyId === input.familyId : one.globalIndex === input.playlistIndex,
  );
  const playlist = { id: known?.id ?? NOBODY, globalIndex: known?.globalIndex ?? playlists.length + 1, themeTag: known?.themeTag ?? 'Draft' };
  const policyFamilyId = known?.policyFamilyId ?? input.familyId ?? NOBODY;
  const book = createRestBook(deps, loaded, { day, restDays: policy.rest.days });
  await book.open(restScopeKey(policy, { playlistId: playlist.id, policyFamilyId }));
  const [draft] = curateGroup({ catalogue: loaded.catalogue, policy, policyFamilyId, day, playlists: [playlist], restOf: book.read });
  const entries = draft?.entries ?? [];
  const { report } = draft ?? {};
  return {
    day,
    entries: await tellEntries(deps, day, entries),
    shortfall: report?.shortfall ?? [],
    pool: report?.pool ?? 0,
    candidates: report?.candidates ?? 0,
    resting: report?.resting ?? 0,
  };
}

async function tellEntries(deps: Pick<Deps, 'db'>, day: string, entries: readonly DraftEntry[]): Promise<PreviewEntryView[]> {
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
      camelot: camelotOf(caption?.key ?? null, caption?.mode ?? null),
      block: null,
    };
  });
}

const WHEEL_OF_MAJOR = [8, 3, 10, 5, 12, 7, 2, 9, 4, 11, 6, 1] as const;

/** A key on the Camelot wheel, "8A" for A minor: keys are pitch classes from C, a minor key stands where its relative major does. */
function camelotOf(key: number | null, mode: number | null): string | null {
  if (key === null || mode === null || key < 0) return null;
  const hour = WHEEL_OF_MAJOR[(mode === 1 ? key : key + 3) % 12];
  return hour === undefined ? null : `${hour}${mode === 1 ? 'B' : 'A'}`;
}
