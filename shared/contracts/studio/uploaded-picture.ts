import type { AssetId } from '#shared/ids.ts';

/** The answer to `POST /files` with a JPEG, PNG or WebP as its body, of at most 10 MB. */
export interface UploadedPicture {
  readonly asset: AssetId;
  readonly url: string;
  readonly mediaType: 'image/jpeg' | 'image/png';
  readonly width: number;
  readonly height: number;
  /** True when the file moves; only its first picture is kept. */
  readonly isFirstFrameOnly: boolean;
}
