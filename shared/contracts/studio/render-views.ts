import type { AssetId, RenderId } from '#shared/ids.ts';
import type { Json } from '#shared/json.ts';
import type { CostState, RenderRefusal, RenderState, StudioTask, StudioVendor } from '#shared/vocabulary.ts';

/** A file that a render made. All addresses need the session of the person who made it. */
export interface RenderedAsset {
  readonly id: AssetId;
  readonly url: string;
  /** The same picture with everything that repeats it in its metadata, as an attachment. */
  readonly downloadUrl: string;
  /** WebP by the longer side in pixels; made again when one is missing. */
  readonly previews: { readonly 64: string; readonly 300: string; readonly 640: string };
  readonly mediaType: string;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  /** Of a video; null for a picture. */
  readonly seconds: number | null;
  /** Base64; null until the previews are made. */
  readonly thumbhash: string | null;
  /** The seed that repeats the picture, in decimal; null when the vendor has none. */
  readonly seed: string | null;
}

/** What canceling would do now. */
export interface CancelOffer {
  /** Whether the render costs in spite of it. */
  readonly costs: 'no' | 'maybe' | 'yes';
  /** The same as a sentence for the button. */
  readonly says: string;
}

/** One run of one model, as its owner sees it. */
export interface RenderView {
  readonly id: RenderId;
  /** Renders that were requested together. */
  readonly groupId: string;
  readonly retryOf: RenderId | null;
  readonly vendor: StudioVendor;
  readonly model: string;
  /** The model's label; its id when it is not in the registry any more. */
  readonly modelLabel: string;
  readonly task: StudioTask;
  readonly values: { readonly [input: string]: Json };
  readonly state: RenderState;
  /** What is being done, in words: “Waiting for 2 renders of yours”, “Fal is drawing”. Null when it is finished. */
  readonly doing: string | null;
  /** Place in the vendor's queue, 0 is next; null when the vendor does not say. */
  readonly queuePosition: number | null;
  /** 0 to 100; null when the vendor does not say. */
  readonly percent: number | null;
  readonly refusal: RenderRefusal | null;
  /** Why it is not done, or not yet: what happened and what to do now. */
  readonly error: string | null;
  readonly estimateUsdMicros: number;
  /** Null until the cost is known. */
  readonly chargeUsdMicros: number | null;
  readonly cost: CostState;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  /** When its cancellation was requested; a result that comes later and costs is kept. */
  readonly cancelRequestedAt: string | null;
  /** Null when there is nothing to cancel. */
  readonly cancel: CancelOffer | null;
  readonly canRetry: boolean;
  readonly assets: readonly RenderedAsset[];
}

/** Renders, newest first. */
export interface RenderPage {
  readonly items: readonly RenderView[];
  /** Null on the last page. */
  readonly nextCursor: { readonly createdAt: string; readonly id: RenderId } | null;
}

/** What became of a cancellation. */
export interface CancelVerdict {
  /** `canceled`: nothing is made. `requested`: the vendor has not answered yet. `too_late`: it is made, and kept. */
  readonly outcome: 'canceled' | 'requested' | 'too_late';
  readonly costs: CancelOffer['costs'];
  readonly says: string;
  readonly render: RenderView;
}
