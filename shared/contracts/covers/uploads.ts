import { coverId } from '#shared/ids.ts';
import { hashInput, textInput } from '#shared/input-types.ts';
import { z } from 'zod';

/** Plans the upload of a finished cover. Without a link, to the playlist that the cover was made from. Writes nothing to Spotify. */
export const planUploadInput = z.strictObject({ coverId, playlist: textInput(2_000).optional() });
export type PlanUploadInput = z.infer<typeof planUploadInput>;

export const uploadInput = z.strictObject({ uploadId: z.uuid() });
export type UploadInput = z.infer<typeof uploadInput>;

/** Uploads exactly what was previewed. Throws `conflict` when the playlist shows another picture than at planning. */
export const applyUploadInput = z.strictObject({ uploadId: z.uuid(), hash: hashInput('an upload') });
export type ApplyUploadInput = z.infer<typeof applyUploadInput>;

/**
 * States of an upload: `planned` → `sending` (intent stored) → `sent` (Spotify took it, and does not show it yet) → `shown` (read back); or `failed`;
 * `outdated` when the playlist got another picture first.
 */
export const UPLOAD_STATES = ['planned', 'sending', 'sent', 'shown', 'failed', 'outdated'] as const;
export type UploadState = (typeof UPLOAD_STATES)[number];

/** What a playlist shows before an upload. `mosaic`: Spotify's own, made of album covers. `ours`: uploaded by Segue. `other`: chosen by a person elsewhere. */
export type ShownCover = 'none' | 'mosaic' | 'ours' | 'other';

/** An upload as plan and receipt. */
export interface UploadView {
  readonly id: string;
  readonly coverId: string | null;
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
