import { coverId, coverUploadId } from '#shared/ids.ts';
import type { AssetId, CoverId, CoverUploadId } from '#shared/ids.ts';
import { hashInput, textInput } from '#shared/input-types.ts';
import { z } from 'zod';

/** Plans the upload of a finished cover. Without a link, to the playlist that the cover was made from. Writes nothing to Spotify. */
export const planUploadInput = z.strictObject({ coverId, playlist: textInput(2_000).optional() });
export type PlanUploadInput = z.infer<typeof planUploadInput>;

export const uploadInput = z.strictObject({ uploadId: coverUploadId });
export type UploadInput = z.infer<typeof uploadInput>;

/** Uploads exactly what was previewed. Throws `conflict` when the playlist shows another picture than at planning. */
export const applyUploadInput = z.strictObject({ uploadId: coverUploadId, hash: hashInput('an upload') });
export type ApplyUploadInput = z.infer<typeof applyUploadInput>;

/**
 * States of an upload: `planned` → `sending` (intent stored) → `sent` (Spotify took it, and does not show it yet) → `shown` (read back); or `failed`;
 * `outdated` when the playlist got another picture first.
 */
export const UPLOAD_STATES = ['planned', 'sending', 'sent', 'shown', 'failed', 'outdated'] as const;
export type UploadState = (typeof UPLOAD_STATES)[number];

/** What a playlist shows before an upload. `mosaic`: Spotify's own, made of album covers. `ours`: uploaded by Segue. `other`: chosen by a person elsewhere. */
export type ShownCover = 'none' | 'mosaic' | 'ours' | 'other';

/** What was read and decided while planning. Stored; its hash is what a person confirms. */
export interface UploadPlan {
  readonly version: 1;
  readonly uploadId: string;
  readonly playlistName: string;
  readonly accountName: string;
  readonly isRestore: boolean;
  /** Spotify's name for the picture that it showed; null when it showed none. */
  readonly before: { readonly shows: ShownCover; readonly key: string | null; readonly sha256: string | null; readonly assetId: AssetId | null };
  readonly after: { readonly sha256: string; readonly bytes: number; readonly assetId: AssetId };
  readonly says: readonly string[];
  readonly problem: { readonly kind: 'authorize' | 'refused' | 'away'; readonly message: string; readonly remedy: string } | null;
}

/** What was read back from Spotify after an upload. */
export interface UploadReceipt {
  readonly sentAt: string;
  readonly shownAt: string | null;
  readonly checkedAt: string;
  /** Spotify's name for the uploaded picture; null until it is shown. */
  readonly key: string | null;
  readonly says: string;
}

/** An upload as plan and receipt. */
export interface UploadView {
  readonly id: CoverUploadId;
  readonly coverId: CoverId | null;
  /** Apply requires it. */
  readonly hash: string;
  readonly state: UploadState;
  readonly playlist: { readonly spotifyId: string; readonly name: string; readonly url: string; readonly account: string };
  /** True when it puts an earlier cover back. */
  readonly isRestore: boolean;
  readonly before: {
    readonly shows: ShownCover;
    /** A copy that is kept for restoring; null for a mosaic, for none, and when it could not be downloaded. */
    readonly url: string | null;
  };
  readonly after: { readonly url: string; readonly bytes: number; readonly sha256: string };
  /** What the upload replaces and what follows from it, as sentences, the most important first. */
  readonly says: readonly string[];
  /** Why it cannot be applied now; null when it can. `authorize` has an address that grants the missing permission and comes back. */
  readonly problem: {
    readonly kind: 'authorize' | 'refused' | 'away';
    readonly message: string;
    readonly remedy: string;
    readonly authorizeUrl: string | null;
  } | null;
  readonly plannedAt: string;
  readonly receipt: {
    readonly sentAt: string;
    /** When Spotify was seen to show it; null while it does not. */
    readonly shownAt: string | null;
    readonly checkedAt: string;
    readonly says: string;
  } | null;
  /** True when the cover before it can be put back. */
  readonly canRestore: boolean;
}
