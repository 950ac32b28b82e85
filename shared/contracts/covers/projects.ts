import { z } from 'zod';
import type { MusicAnalysis } from '#shared/contracts/covers/analysis.ts';
import { localArtInput } from '#shared/contracts/covers/local-art.ts';
import type { DrawnPicture } from '#shared/contracts/covers/local-art.ts';
import type { UploadView } from '#shared/contracts/covers/uploads.ts';
import type { ProposedWords } from '#shared/contracts/covers/words.ts';
import { LAYOUT_IDS } from '#shared/domain/covers/type/type-layouts.ts';
import type { TypeReport } from '#shared/domain/covers/type/type-plan.ts';
import { assetId, coverId } from '#shared/ids.ts';
import type { AssetId, CoverId } from '#shared/ids.ts';
import { cleanedInput, patternInput, playlistIndexInput, textInput, trimmedInput, wholeInput } from '#shared/input-types.ts';

/** The steps of a cover in order. Changing one makes the later ones stale; their results are kept. */
export const COVER_STEPS = ['analysis', 'words', 'picture', 'type', 'upload'] as const;
export type CoverStep = (typeof COVER_STEPS)[number];

/** `open`: nothing is there yet. `stale`: its result was made from an earlier state of a step before it. `failed`: the last attempt failed; an earlier result is kept. */
export interface CoverStepState {
  readonly state: 'open' | 'ready' | 'failed' | 'stale';
  /** Why it failed, with the remedy; null otherwise. */
  readonly error: { readonly message: string; readonly remedy: string | null; readonly retryAt: string | null } | null;
}

const hexColor = patternInput(/^#[0-9a-f]{6}$/, 'is not a color like #1a2b3c');

/** The music of a cover: a link to a playlist, album or track, a playlist of the network, or a list of track links and ISRCs. */
const coverSourceInput = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('link'), link: textInput(2_000) }),
  z.strictObject({ kind: z.literal('playlist'), index: playlistIndexInput }),
  z.strictObject({ kind: z.literal('list'), text: cleanedInput(30_000) }),
]);
export type CoverSourceInput = z.infer<typeof coverSourceInput>;

/** Creates a cover and analyzes its music. A wrong link is refused and creates nothing; while Spotify is away the cover is created and its analysis failed. */
export const createCoverInput = z.strictObject({ source: coverSourceInput });

export const coverInput = z.strictObject({ coverId });
export type CoverInput = z.infer<typeof coverInput>;

/** A page of the person's own covers, last changed first. `cursor` is the `next` of the page before. */
export const listCoversInput = z.strictObject({ cursor: textInput(200).optional(), limit: wholeInput(1, 100).default(24) });
export type ListCoversInput = z.infer<typeof listCoversInput>;

/** Another source for the same cover. The other steps keep their results and become stale. */
export const changeSourceInput = z.strictObject({ coverId, source: coverSourceInput });
export type ChangeSourceInput = z.infer<typeof changeSourceInput>;

/** Asks for titles. Proposals are added; nothing that was chosen changes. `mood` and `prompt` are the person's own words. */
export const proposeTitlesInput = z.strictObject({
  coverId,
  mood: trimmedInput(200).optional(),
  prompt: trimmedInput(2_000).optional(),
  seed: wholeInput(0, 2_147_483_647),
});
export type ProposeTitlesInput = z.infer<typeof proposeTitlesInput>;

/** The words of the cover: the person's own or a proposal. The title is cleaned; a title that cannot be set is refused with the field `title`. */
export const setWordsInput = z.strictObject({
  coverId,
  title: textInput(2_000),
  subtitle: textInput(2_000).nullable(),
  picturePrompt: trimmedInput(2_000).nullable(),
  paletteId: patternInput(/^[a-z]{2,20}$/, 'is not the name of a palette').nullable(),
});
export type SetWordsInput = z.infer<typeof setWordsInput>;

/** Draws a picture with local-art from the cover's music and title, and chooses it. Every choice that is left out is made from the music. */
export const drawCoverPictureInput = localArtInput
  .pick({ family: true, composition: true, palette: true, seed: true, reversed: true })
  .extend({ coverId });
export type DrawCoverPictureInput = z.infer<typeof drawCoverPictureInput>;

/** Chooses a picture: an asset of the person's own, made by a render or uploaded. */
export const choosePictureInput = z.strictObject({ coverId, assetId });
export type ChoosePictureInput = z.infer<typeof choosePictureInput>;

/** Sets the title over the picture and writes the finished JPEG. The title is set unless the picture spells it; `title` decides otherwise. */
export const setTypeInput = z.strictObject({
  coverId,
  title: z.boolean().optional(),
  layout: z.enum(['auto', ...LAYOUT_IDS]).default('auto'),
  /** BCP 47; chosen from the title's script when left out. */
  language: patternInput(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'is not a language like en or zh-Hans').optional(),
  /** The colors of the type, the preferred one first; the palette's when left out. */
  inks: z.tuple([hexColor, hexColor]).optional(),
  /** The number of a series template, 0 to 53: its layout and margin, and its numeral for this member. */
  series: z.strictObject({ template: wholeInput(0, 53), member: wholeInput(1, 1_000_000) }).optional(),
});
export type SetTypeInput = z.infer<typeof setTypeInput>;

/** The type alone as SVG paths, for a square of so many pixels. */
export const exportTypeInput = z.strictObject({ coverId, side: wholeInput(64, 3_000).default(3_000) });
export type ExportTypeInput = z.infer<typeof exportTypeInput>;

/** Where the pictures of a cover come from. */
export interface CoverPicture {
  readonly asset: AssetId;
  readonly url: string;
  readonly origin: 'local-art' | 'render' | 'upload';
  /** How local-art drew it; null for other pictures. */
  readonly drawn: DrawnPicture | null;
}

/** The words that were chosen. */
export interface CoverWords {
  readonly title: string;
  readonly subtitle: string | null;
  readonly picturePrompt: string | null;
  readonly paletteId: string | null;
  /** `own`, or who proposed the title: the name of the text model, or "local-words". */
  readonly titleFrom: string;
}

/** The finished cover. `url` is a JPEG of 640 × 640 pixels within Spotify's limit. */
export interface FinishedCover {
  readonly asset: AssetId;
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
  /** How the title was set and measured; null when the picture spells it itself. */
  readonly report: TypeReport | null;
}

/** What was asked for at the step `type`. */
export type CoverTypeWish = Omit<SetTypeInput, 'coverId'>;

/** A cover with the result of every step. */
export interface CoverView {
  readonly id: CoverId;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly source: CoverSourceInput;
  readonly steps: Readonly<Record<CoverStep, CoverStepState>>;
  readonly music: {
    readonly kind: 'playlist' | 'album' | 'list';
    readonly name: string | null;
    readonly analysis: MusicAnalysis;
    readonly notes: readonly string[];
    readonly readAt: string | null;
    readonly isStale: boolean;
  } | null;
  /** The latest three proposals, newest first. */
  readonly proposals: readonly ProposedWords[];
  readonly words: CoverWords | null;
  readonly picture: CoverPicture | null;
  /** Pictures chosen before, newest first, to go back to. */
  readonly earlierPictures: readonly CoverPicture[];
  readonly typeWish: CoverTypeWish | null;
  readonly finished: FinishedCover | null;
  /** The last plan or receipt of an upload. */
  readonly upload: UploadView | null;
  /** Where the finished cover can go: the playlist of the source, when it is one. */
  readonly target: { readonly link: string; readonly name: string | null } | null;
}

/** A cover in a list. */
export interface CoverSummary {
  readonly id: CoverId;
  readonly title: string | null;
  readonly sourceName: string | null;
  /** The finished cover, or else the picture; null when there is neither. */
  readonly url: string | null;
  readonly steps: Readonly<Record<CoverStep, CoverStepState>>;
  readonly changedAt: string;
}

export interface CoverPage {
  readonly covers: readonly CoverSummary[];
  /** The cursor of the next page; null on the last. */
  readonly next: string | null;
}
