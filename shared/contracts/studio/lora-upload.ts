import { z } from 'zod';
import { patternInput, wholeInput } from '#shared/input-types.ts';

/** A file in the folder of LoRA files: a plain name, never a path. */
export const loraFileName = patternInput(/^[\w][\w .()+-]{0,199}$/, 'is not a plain file name of letters, digits, spaces and .()+-_');

/** Where a part of a LoRA file belongs. Parts are sent in order, each once the one before is stored. */
export const loraPartInput = z.strictObject({
  fileName: loraFileName,
  /** Of the whole file. */
  fileBytes: wholeInput(1, Number.MAX_SAFE_INTEGER),
  /** Of the first byte of the part. */
  offset: wholeInput(0, Number.MAX_SAFE_INTEGER),
});
export type LoraPartInput = z.infer<typeof loraPartInput>;

/** How much of a file has arrived. A file that is not complete is not in the list. */
export interface LoraUploadState {
  readonly fileName: string;
  readonly receivedBytes: number;
  readonly isComplete: boolean;
}
