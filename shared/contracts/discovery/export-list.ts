import { recordingId } from '#shared/ids.ts';
import { nameInput } from '#shared/input-types.ts';
import { z } from 'zod';

/** Forms in which a list can be taken along. */
export const LIST_FORMATS = ['csv', 'jspf', 'text'] as const;
export type ListFormat = (typeof LIST_FORMATS)[number];

/** Any recordings, in their order, as a file. */
export const exportListInput = z.strictObject({
  name: nameInput(100, 'is empty; name the list'),
  recordingIds: z.array(recordingId).min(1, 'is empty; choose at least one track').max(10_000, 'has more than 10,000 tracks; export it in parts'),
  format: z.enum(LIST_FORMATS),
});

/** A file of a list. `missing` are recordings that the catalog does not have; they are left out. */
export interface ListFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly text: string;
  readonly missing: readonly number[];
}
