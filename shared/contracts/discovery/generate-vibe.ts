import type { EntryReasons } from '#shared/contracts/curation/snapshot.ts';
import type { PolicyV2 } from '#shared/contracts/policies/policy.ts';
import type { FeasibilityView } from '#shared/contracts/policies/policy-views.ts';
import { textInput } from '#shared/input-types.ts';
import { z } from 'zod';
import { VIBE_CHARS_MAX, vibeSpec } from './vibe-spec.ts';
import type { VibeSpec } from './vibe-spec.ts';

const sentence = textInput(VIBE_CHARS_MAX);
const seed = textInput(64).default('vibe');

/**
 * A playlist from a sentence, from the chips of an earlier answer, or from both: then the sentence is a follow-up ("less upbeat") that edits them. The
 * same seed gives the same list.
 */
export const generateVibeInput = z
  .strictObject({ sentence: sentence.default(''), spec: vibeSpec.optional(), seed })
  .refine((input) => input.spec !== undefined || input.sentence.trim() !== '', { message: 'is empty: describe the music', path: ['sentence'] });
export type GenerateVibeInput = z.output<typeof generateVibeInput>;

/** Chips as a policy of the network. */
export const draftVibePolicyInput = z.strictObject({ spec: vibeSpec, sentence: sentence.default('') });
export type DraftVibePolicyInput = z.output<typeof draftVibePolicyInput>;

/** One part of a spec that a person can change or remove. */
export interface VibeChip {
  readonly field: Exclude<keyof VibeSpec, 'report' | 'conflict'>;
  readonly label: string;
  /** Never relaxed: exclusions, artists, explicit, years only by a stated amount. */
  readonly isHard: boolean;
}

/** One track of a list. Everything is of the catalog. */
export interface VibeTrackView {
  readonly position: number;
  readonly recordingId: number;
  readonly title: string;
  readonly artists: readonly string[];
  readonly album: string;
  readonly year: number | null;
  readonly durationMs: number;
  readonly explicit: boolean | null;
  readonly energy: number | null;
  readonly tempo: number | null;
  /** The reason in one line, and its parts. */
  readonly why: string;
  readonly reasons: EntryReasons;
}

/** What a person should know about a list: what no field can honor, what excludes itself, what was relaxed. */
export interface VibeNoticeView {
  readonly kind: 'unhonored' | 'conflict' | 'relaxed' | 'note';
  readonly text: string;
}

/** A list made from a vibe. */
export interface VibeListView {
  readonly spec: VibeSpec;
  readonly chips: readonly VibeChip[];
  /** What read the sentence: the model by its name, our own lexicon, or nothing where the chips were given. */
  readonly readBy: string;
  /** Why the lexicon read it although there is a text model; null otherwise. */
  readonly fallback: string | null;
  readonly languages: readonly string[];
  readonly questions: readonly string[];
  readonly isCut: boolean;
  readonly notices: readonly VibeNoticeView[];
  readonly tracks: readonly VibeTrackView[];
  /** Recordings that match all rules, and tracks that were wanted. */
  readonly pool: number;
  readonly wanted: number;
}

/** A vibe as the draft of a policy, with whether its lists can be filled. */
export interface VibePolicyDraftView {
  readonly name: string;
  readonly body: PolicyV2;
  /** Null while the catalog is empty. */
  readonly feasibility: FeasibilityView | null;
  readonly notices: readonly VibeNoticeView[];
}
