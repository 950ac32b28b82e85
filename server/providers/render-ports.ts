import type { Json } from '#shared/json.ts';
import type { ListedPrice } from '#shared/domain/studio/vendor-price.ts';
import type { SafetensorsHeader } from '#shared/domain/studio/loras/safetensors-header.ts';
import type { RenderRefusal } from '#shared/vocabulary.ts';
import type { Readable } from 'node:stream';

/** Interfaces to image models and text models, in Segue's own terms. Adapters throw only AppError; `context.ambiguous` marks a request whose fate is not known. */

/** A file that a model returned, whole. */
export interface RenderedFile {
  readonly bytes: Uint8Array;
  /** As the vendor declares it; storing probes the bytes again. */
  readonly mediaType: string;
  /** The seed that repeats this picture, in decimal; null when the vendor has none. */
  readonly seed: string | null;
  /** What the model tells about the picture beyond its bytes, in its own form. */
  readonly details?: unknown;
}

/** A file that a request sends along. */
export interface InputFile {
  readonly field: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** One request to one model, already mapped from the registry's inputs to the vendor's fields. */
export interface RenderRequest {
  readonly renderId: string;
  /** The vendor's model name or path. */
  readonly endpoint: string;
  readonly body: { readonly [field: string]: Json };
  readonly files: readonly InputFile[];
  /**
   * Every adapter awaits it once it has its place in the request budget, right before the bytes leave, and again before it repeats a request that failed.
   * When it throws, nothing is sent.
   */
  readonly beforeSend?: (() => Promise<void>) | undefined;
}

/** Where a vendor's queue tells about a request. Stored before the first poll; the URLs are the vendor's own and never built by us. */
export interface RenderTicket {
  readonly requestId: string;
  readonly statusUrl: string;
  readonly responseUrl: string;
  readonly cancelUrl: string;
}

/** What is known of a request. `done` and `refused` are final. */
export type RenderProgress =
  | { readonly kind: 'queued'; readonly position: number | null }
  | { readonly kind: 'running'; readonly percent: number | null }
  | {
      readonly kind: 'done';
      readonly files: readonly RenderedFile[];
      /** How many tokens it was sent, where the vendor charges them and tells. */
      readonly sentTokens?: number | undefined;
    }
  | {
      readonly kind: 'refused';
      readonly reason: RenderRefusal;
      /** Safe to show: what the vendor objects to, without its prompt echoed. */
      readonly message: string;
      /** The input it names, in the registry's words. */
      readonly field?: string | undefined;
      readonly charged: 'no' | 'maybe' | 'yes';
    };

/** One vendor of image models. */
export interface RenderVendor {
  /**
   * Sends the request once and never repeats it when unsure. A vendor with a queue returns its ticket; the others return the final progress.
   * Throws `rate_limited`, `provider_unavailable` (nothing was sent, unless `context.ambiguous`), or `provider_rejected`.
   */
  start(request: RenderRequest, signal: AbortSignal): Promise<RenderTicket | RenderProgress>;
  /** Reads the progress of a ticket; safe to repeat. The files are downloaded with it, because vendors keep them for minutes only. */
  poll(ticket: RenderTicket, signal: AbortSignal): Promise<RenderProgress>;
  /** Asks the vendor to drop the request. `too_late`: it runs or is done, and still costs. */
  cancel(ticket: RenderTicket, signal: AbortSignal): Promise<'canceled' | 'too_late'>;
}

/** What a vendor charges, as it says itself. */
export interface PriceList {
  /** The prices of these models; one that the vendor does not list is missing. Throws as any read of a vendor. */
  listPrices(endpoints: readonly string[], signal: AbortSignal): Promise<readonly ListedPrice[]>;
}

/** A text model that answers in a closed schema. */
export interface TextModel {
  /** The model's own name, for provenance. */
  readonly name: string;
  /**
   * Returns the parsed JSON of the answer; the caller validates it. `schema` is a JSON schema of the OpenAPI subset. Throws `provider_rejected`
   * for refused, cut or empty answers, and as `RenderVendor.start` otherwise.
   */
  answer(
    request: { readonly system: string; readonly prompt: string; readonly schema: Json; readonly outputTokensMax: number },
    signal: AbortSignal,
  ): Promise<{ readonly json: unknown; readonly tokens: { readonly input: number; readonly output: number } }>;
}

/** What a video is, by its content. */
export interface ProbedVideo {
  readonly mediaType: 'video/mp4' | 'video/webm';
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
}

/** A video without anything but its pictures and its sound. */
export interface BareVideo extends ProbedVideo {
  readonly bytes: Uint8Array;
}

/** Reads video files. */
export interface VideoFiles {
  /**
   * The same pictures and sound without metadata: no place, author, device or time. The same file gives the same bytes. Throws `invalid_input` for
   * anything but a whole MP4 or WebM with pictures.
   */
  bareVideo(file: Uint8Array): Promise<BareVideo>;
}

/** Places of bytes in a file, both inclusive. */
export interface BytePart {
  readonly start: number;
  readonly end: number;
}

/** Stores files by the SHA-256 of their bytes, in lower-case hexadecimal. */
export interface AssetStore {
  /** Durable when it returns (fsync, rename, fsync of the folder). Storing the same bytes again is free. */
  write(bytes: Uint8Array): Promise<{ readonly sha256: string }>;
  /** Throws `unavailable` when the disk has no room for so many bytes, before anything is paid that would have to be stored. */
  requireRoom(bytes: number): Promise<void>;
  /** Undefined when the file is missing. */
  read(sha256: string): Promise<Uint8Array | undefined>;
  /**
   * A part of a file, read as it is taken, so that memory holds a few pieces and not the file. Undefined when the file is missing. What `read` verifies is
   * not verified here; `bytes` is the size of the whole file. Destroy the stream when it is not read to its end.
   */
  readPart(sha256: string, part: BytePart): Promise<{ readonly bytes: number; readonly stream: Readable } | undefined>;
  /** With `writtenBefore`, only a file whose last write is older than it. */
  remove(sha256: string, options?: { readonly writtenBefore: Date }): Promise<void>;
  /** All stored digests with the time of their last write, in no order. */
  list(): AsyncIterable<{ readonly sha256: string; readonly writtenAt: Date }>;
}

/** LoRA files that the operator put into a folder of the server. A file that is not there is `not_found`. */
export interface LoraFiles {
  readonly folder: string;
  /** By name; empty without the folder. */
  list(): Promise<readonly { readonly fileName: string; readonly bytes: number }[]>;
  /** Reads the header only. Throws `invalid_input` for a file that is no safetensors file, whatever it is called. */
  readHeader(fileName: string): Promise<{ readonly header: SafetensorsHeader; readonly bytes: number }>;
  /** The SHA-256 of the whole file, in lower-case hexadecimal. */
  digest(fileName: string): Promise<string>;
  /**
   * Stores a part of a new file; the first has offset 0. The header is read as soon as it is there, and the file appears in the list, durable, with its last
   * part. Throws `invalid_input` for a file that is no LoRA, `conflict` for a name that is taken or a part out of order, and `unavailable` when the disk is full.
   */
  receive(part: LoraPart): Promise<{ readonly receivedBytes: number; readonly isComplete: boolean }>;
}

/** A part of a LoRA file that is being uploaded. */
export interface LoraPart {
  readonly fileName: string;
  /** Of the whole file. */
  readonly fileBytes: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
}
