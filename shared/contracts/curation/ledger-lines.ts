import { z } from 'zod';
import { dayInput, textInput, wholeInput } from '#shared/input-types.ts';

const uuid = z.uuid();
/** A placement, recording or playlist in a file; beyond Postgres' integers it is no reason to refuse the file. */
const id = wholeInput(1, Number.MAX_SAFE_INTEGER);

/** A placement of a recording in a list. The export contains every placement whose repeat window overlaps its days. */
export const exportedStay = z.strictObject({
  kind: z.literal('stay'),
  id,
  playlist: uuid,
  recording: id,
  circle: textInput(200),
  firstDay: dayInput,
  lastDay: dayInput.nullable(),
  restDays: wholeInput(0, 36_500),
});
export type ExportedStay = z.infer<typeof exportedStay>;

/** One day's list in playing order: recording, track and placement of each entry. */
export const exportedList = z.strictObject({
  kind: z.literal('list'),
  playlist: uuid,
  index: id,
  day: dayInput,
  policy: uuid,
  entries: z.array(z.tuple([id, textInput(64), id])),
});
export type ExportedList = z.infer<typeof exportedList>;
