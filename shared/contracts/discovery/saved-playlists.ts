import { recordingId, savedPlaylistId } from '#shared/ids.ts';
import { nameInput, numberInput, patternInput, textInput, trimmedInput, wholeInput } from '#shared/input-types.ts';
import type { Json } from '#shared/json.ts';
import { z } from 'zod';
import { pathInput } from './path.ts';
import { fromSeedsInput } from './seeds.ts';
import { VIBE_CHARS_MAX, vibeSpec } from './vibe-spec.ts';

/** Most tracks of a list that Segue chose, and of any list: Spotify takes no more in a playlist. */
const DRAWN_TRACKS_MAX = 500;
export const SAVED_TRACKS_MAX = 10_000;
/** Leaves room for the marker in Spotify's 300 characters. */
const DESCRIPTION_MAX = 280;

/** `draft`: not finished, to be continued on any device. */
const SAVED_STATES = ['draft', 'saved'] as const;
export type SavedState = (typeof SAVED_STATES)[number];

/** How a version came about. */
export type VersionKind = 'saved' | 'edited' | 'regenerated' | 'restored' | 'duplicated';

/** What a list was made from. `chosen`: by the person, or from an imported list. */
const savedCriteriaInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('vibe'), sentence: textInput(VIBE_CHARS_MAX).default(''), spec: vibeSpec }),
  z.strictObject({ kind: z.literal('seeds'), request: fromSeedsInput }),
  z.strictObject({ kind: z.literal('path'), request: pathInput }),
  z.strictObject({ kind: z.literal('chosen') }),
]);
export type SavedCriteria = z.output<typeof savedCriteriaInput>;

/** A value of a fact. */
const factValue: z.ZodType<Json> = z.lazy(() =>
  z.union([textInput(1_000), numberInput(-1e15, 1e15), z.boolean(), z.literal(null), z.array(factValue).max(60), factRecord]),
);
const factRecord = z.record(patternInput(/^[A-Za-z]\w{0,39}$/, 'is not the name of a fact'), factValue);

/** Facts are stored with each track of each version. */
const FACTS_CHARS_MAX = 4_000;

/** Why a track is in the list: a sentence, and the facts behind it as its matcher or its rules gave them. */
const savedReasonInput = z.strictObject({
  kind: z.enum(['match', 'rules', 'step', 'chosen']),
  why: trimmedInput(500),
  facts: factRecord.refine((facts) => JSON.stringify(facts).length <= FACTS_CHARS_MAX, 'are longer than 4,000 characters').default({}),
});

const CHOSEN = { kind: 'chosen' as const, why: 'Chosen by you.', facts: {} };

/** A track of a list. `isPinned`: it keeps its place when the list is made again. */
const savedTrackInput = z.strictObject({
  recordingId,
  isPinned: z.boolean().default(false),
  reason: savedReasonInput.default(CHOSEN),
});
export type SavedTrackInput = z.output<typeof savedTrackInput>;

/** Days in which a track that the list had does not come again. */
const repeatDays = wholeInput(0, 365);
/** Each change raises it; a change names the one that it was made from. */
const revision = wholeInput(1, 2_000_000_000);
const position = wholeInput(1, SAVED_TRACKS_MAX);

export const savedInput = z.strictObject({ savedId: savedPlaylistId });
export type SavedInput = z.infer<typeof savedInput>;

/** Keeps a list. With `into`, it replaces the content of a draft, or becomes the next version of a saved playlist. */
export const savePlaylistInput = z
  .strictObject({
    into: z.strictObject({ savedId: savedPlaylistId, revision }).optional(),
    name: nameInput(100),
    description: trimmedInput(DESCRIPTION_MAX).default(''),
    state: z.enum(SAVED_STATES).default('saved'),
    criteria: savedCriteriaInput,
    tracks: z.array(savedTrackInput).max(SAVED_TRACKS_MAX, 'has more than 10,000 tracks; save it in parts'),
    repeatDays: repeatDays.default(30),
    seed: textInput(64).default('vibe'),
  })
  .refine(({ state, tracks }) => state === 'draft' || tracks.length > 0, {
    message: 'is empty; save it as a draft, or add a track',
    path: ['tracks'],
  })
  .refine(({ criteria, tracks }) => criteria.kind === 'chosen' || tracks.length <= DRAWN_TRACKS_MAX, {
    message: 'has more than 500 tracks; save it as a list that you chose',
    path: ['tracks'],
  });
export type SavePlaylistInput = z.output<typeof savePlaylistInput>;

export const listSavedInput = z.strictObject({ state: z.enum(SAVED_STATES).optional() });
export type ListSavedInput = z.infer<typeof listSavedInput>;

export const showSavedInput = z.strictObject({ savedId: savedPlaylistId, version: wholeInput(1, 1_000_000).optional() });
export type ShowSavedInput = z.infer<typeof showSavedInput>;

export const renameSavedInput = z.strictObject({
  savedId: savedPlaylistId,
  revision,
  name: nameInput(100),
  description: trimmedInput(DESCRIPTION_MAX).optional(),
});
export type RenameSavedInput = z.infer<typeof renameSavedInput>;

/** One step of an edit. Positions count from 1; one beyond the end is the end. `swap` without `to`: Segue chooses. */
const savedEdit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('remove'), recordingId }),
  z.strictObject({ kind: z.literal('move'), recordingId, position }),
  z.strictObject({ kind: z.literal('pin'), recordingId }),
  z.strictObject({ kind: z.literal('unpin'), recordingId }),
  z.strictObject({ kind: z.literal('add'), track: savedTrackInput, position: position.optional() }),
  z.strictObject({ kind: z.literal('swap'), recordingId, to: savedTrackInput.optional() }),
  z.strictObject({ kind: z.literal('order'), recordingIds: z.array(recordingId).max(SAVED_TRACKS_MAX) }),
]);
export type SavedEdit = z.output<typeof savedEdit>;

/** All edits together are one version. */
export const editSavedInput = z.strictObject({ savedId: savedPlaylistId, revision, edits: z.array(savedEdit).min(1, 'is empty').max(200) });
export type EditSavedInput = z.output<typeof editSavedInput>;

export const restoreSavedInput = z.strictObject({ savedId: savedPlaylistId, revision, version: wholeInput(1, 1_000_000) });
export type RestoreSavedInput = z.infer<typeof restoreSavedInput>;

export const regenerateSavedInput = z.strictObject({ savedId: savedPlaylistId, revision, repeatDays: repeatDays.optional() });
export type RegenerateSavedInput = z.infer<typeof regenerateSavedInput>;

export const duplicateSavedInput = z.strictObject({ savedId: savedPlaylistId, name: nameInput(100).optional() });
export type DuplicateSavedInput = z.infer<typeof duplicateSavedInput>;
