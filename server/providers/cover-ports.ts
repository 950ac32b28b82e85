import type { TypePlan, TypeReport, TypeRequest } from '#shared/domain/covers/type/type-plan.ts';
import type { ColorWord } from '#shared/vocabulary.ts';
import type { RgbPicture } from '#shared/domain/covers/type/rgb-picture.ts';

/** Interfaces to the parts that draw type and write picture files. They throw only AppError. */

/** A JPEG within a size limit. */
export interface FittedJpeg {
  readonly bytes: Uint8Array;
  /** Quality of the encoder, 1 to 100. */
  readonly quality: number;
  /** How often the picture was encoded to find it. */
  readonly encodes: number;
}

/** A picture file from outside, decoded once and written again without metadata or appended data. */
export interface ProbedImage {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/jpeg' | 'image/png';
  readonly width: number;
  readonly height: number;
  /** Frames of the original file; only the first is kept. */
  readonly frames: number;
}

/** Small versions of a picture as WebP by side in pixels, its thumbhash in base64, and its main colors. */
export interface CoverPreviews {
  readonly webp: { readonly 64: Uint8Array; readonly 300: Uint8Array; readonly 640: Uint8Array };
  readonly thumbhash: string;
  readonly colors: readonly ColorWord[];
}

/** A picture file without metadata and without appended data; its pixels are those of the original file, bit by bit. */
export interface BareImage {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/jpeg' | 'image/png' | 'image/webp';
  readonly width: number;
  readonly height: number;
}

/** A part in pixels of the upright picture, and the width of the result; without them the whole picture in its size. */
export interface PictureCut {
  readonly crop?: { readonly left: number; readonly top: number; readonly width: number; readonly height: number } | undefined;
  readonly width?: number | undefined;
}

/** A mask as a gray PNG of 8 bits, white where the picture is repainted. */
export interface ReadMask {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** How much is repainted: 0 for nothing at all, 1 for everything. */
  readonly share: number;
}

/** What a vendor takes. With `size` the result has exactly that, as a mask needs. */
export interface PictureLimits {
  readonly pixelsMax: number;
  readonly bytesMax: number;
  readonly size?: { readonly width: number; readonly height: number } | undefined;
}

/** Reads and writes picture files. */
export interface CoverFiles {
  /** Checks type and size by content and leaves out everything but the picture, without encoding it again. Throws `invalid_input` or `too_large`. */
  bareImage(file: Uint8Array): Promise<BareImage>;
  /** The same picture with a text in its metadata (XMP, and in PNG also as text). The pixels stay as they are. Throws `invalid_input`. */
  withRecipe(file: Uint8Array, recipe: string): Uint8Array;
  /** The best JPEG of at most `bytesMax` bytes, in at most six encodes. Throws `invalid_input` when the picture does not fit at any quality. */
  fitJpeg(picture: RgbPicture, limits: { readonly bytesMax: number }): Promise<FittedJpeg>;
  /** The picture as a square of `side` pixels; cropped in the center. Throws `invalid_input` when it cannot be decoded. */
  decodeSquare(file: Uint8Array, side: number): Promise<RgbPicture>;
  /** Checks type by content, bytes and pixels, decodes the whole file and writes it again. Throws `too_large` or `invalid_input`. */
  probeImage(file: Uint8Array): Promise<ProbedImage>;
  /** A part of the picture, made smaller if asked, without metadata. Throws `invalid_input` for a part outside of the picture. */
  cutImage(file: Uint8Array, cut: PictureCut): Promise<BareImage>;
  /** As it is when it is within the limits, or else smaller. Throws `invalid_input` when it cannot be made small enough. */
  shrinkImage(file: Uint8Array, limits: PictureLimits): Promise<BareImage>;
  /** Reads a mask, made upright as an upload is. Throws `too_large` or `invalid_input`. */
  readMask(file: Uint8Array): Promise<ReadMask>;
  previewsOf(file: Uint8Array): Promise<CoverPreviews>;
  /** The picture as PNG, for downloads without loss. */
  encodePng(picture: RgbPicture): Promise<Uint8Array>;
}

/** A cover with its title. */
export interface TypesetCover {
  /** Of 640 × 640 pixels, at most the bytes that Spotify accepts. */
  readonly jpeg: FittedJpeg;
  /** The same picture before it was encoded. */
  readonly pixels: RgbPicture;
  readonly plan: TypePlan;
  readonly report: TypeReport;
}

/** Sets titles over pictures. */
export interface CoverTypesetter {
  /** Sets the title and proves that it is legible in the JPEG. Throws `invalid_input` with the field and the remedy when it cannot. */
  typeset(picture: Uint8Array, request: TypeRequest, signal: AbortSignal): Promise<TypesetCover>;
  /** Draws a finished plan again over a picture, at any size. */
  draw(picture: Uint8Array, plan: TypePlan, options: { readonly side: number; readonly signal: AbortSignal }): Promise<RgbPicture>;
  /** The type of a plan as an SVG of paths, without the picture. Needs no fonts. */
  exportSvg(plan: TypePlan, options: { readonly side: number; readonly signal: AbortSignal }): Promise<string>;
}
