import type { NamedSetting } from '#shared/domain/studio/setting-words.ts';
import type { UnusedValue } from '#shared/domain/studio/change-model.ts';
import type { AssetId, CollectionId, CoverId, RenderId } from '#shared/ids.ts';
import type { Json } from '#shared/json.ts';
import type { AssetOrigin, Sharing, StudioTask } from '#shared/vocabulary.ts';

/** An asset as a tile shows it. The addresses need the session of its owner. */
export interface AssetTile {
  readonly id: AssetId;
  readonly url: string;
  readonly previews: { readonly 64: string; readonly 300: string; readonly 640: string };
  readonly mediaType: string;
  /** Known for every picture before it loads; null for a file whose size could not be read. */
  readonly width: number | null;
  readonly height: number | null;
  /** Of a video. */
  readonly seconds: number | null;
  readonly bytes: number;
  /** Base64; null until the previews are made. */
  readonly thumbhash: string | null;
  readonly origin: AssetOrigin;
  /** Its prompt, cut to 300 characters. */
  readonly prompt: string | null;
  readonly task: StudioTask | null;
  readonly model: string | null;
  readonly modelLabel: string | null;
  readonly sharing: Sharing;
  readonly isStarred: boolean;
  readonly createdAt: string;
  readonly deletedAt: string | null;
}

/** A page of the library. */
export interface AssetPage {
  readonly items: readonly AssetTile[];
  /** Null on the last page. */
  readonly nextCursor: { readonly createdAt: string; readonly id: AssetId; readonly matching: 'words' | 'similar' } | null;
  /** `similar`: no prompt has the words, and these have words like them. */
  readonly matching: 'words' | 'similar';
  /** How many match; only on the first page, and at most `countMax`. */
  readonly count: number | null;
  readonly countMax: number;
}

/** What a person's library can be filtered by. */
export interface AssetFacets {
  readonly pictures: number;
  readonly videos: number;
  readonly bytes: number;
  readonly tasks: readonly { readonly task: StudioTask; readonly count: number }[];
  readonly models: readonly { readonly id: string; readonly label: string; readonly count: number }[];
  readonly loras: readonly { readonly id: string; readonly name: string; readonly count: number }[];
}

/** A source of an asset; `asset` is null when it was swept. */
export interface AssetSource {
  readonly id: AssetId;
  readonly asset: AssetTile | null;
}

/** The render of an asset: what repeats it, and what it cost. */
export interface AssetRecipe {
  readonly renderId: RenderId;
  readonly model: string;
  readonly modelLabel: string;
  readonly task: StudioTask;
  readonly values: { readonly [input: string]: Json };
  /** The plain values as the form of the model names them. */
  readonly settings: readonly NamedSetting[];
  readonly loras: readonly { readonly id: string; readonly name: string }[];
  /** Null until it is known. */
  readonly chargeUsdMicros: number | null;
  /** Files that the same render made; its cost is theirs together. */
  readonly outputs: number;
}

/** An asset with where it came from and what came of it. */
export interface AssetView extends AssetTile {
  readonly downloadUrl: string;
  /** The whole prompt. */
  readonly wholePrompt: string | null;
  readonly seed: string | null;
  /** Null for what no render made. */
  readonly recipe: AssetRecipe | null;
  readonly madeFrom: readonly AssetSource[];
  readonly usedFor: readonly AssetTile[];
  readonly covers: readonly { readonly id: CoverId; readonly title: string | null }[];
  readonly collections: readonly { readonly id: CollectionId; readonly name: string }[];
  /** Until when it can be restored; null while it is not deleted. */
  readonly restorableUntil: string | null;
}

/** Something that depends on assets. `name` is null where it has none. */
export interface AssetDependent {
  readonly kind: 'asset' | 'cover' | 'collection' | 'short_link' | 'render' | 'shared';
  readonly id: string;
  readonly name: string | null;
}

/** What deleting assets would touch, each with a sentence, before anything is deleted. */
export interface DeletionPreview {
  readonly count: number;
  readonly dependents: readonly AssetDependent[];
  /** “2 pictures made from it stay.” */
  readonly says: readonly string[];
  readonly restorableDays: number;
}

export interface DeletedAssets {
  /** Those that this call deleted; another tab may have deleted the others. */
  readonly ids: readonly AssetId[];
  readonly restorableUntil: string;
}

export interface RestoredAssets {
  readonly ids: readonly AssetId[];
}

/** The settings of an asset, for its own model or another one. */
export interface Remix {
  readonly model: string;
  readonly task: StudioTask;
  /** What the model can use. */
  readonly values: { readonly [input: string]: Json };
  /** What it cannot, with the reason. */
  readonly unused: readonly UnusedValue[];
}
