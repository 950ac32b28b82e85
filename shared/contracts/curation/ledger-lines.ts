import { z } from 'zod';

const day = z.iso.date();
const uuid = z.uuid();
const id = z.int().positive();

/** A placement of a recording in a list. The export contains every placement whose repeat window overlaps its days. */
export const exportedStay = z.strictObject({
  kind: z.literal('stay'),
  id,
  playlist: uuid,
  recording: id,
  circle: z.string(),
  firstDay: day,
  lastDay: day.nullable(),
  restDays: z.int().min(0),
});
export type ExportedStay = z.infer<typeof exportedStay>;

/** One day's list in playing order: recording, track and placement of each entry. */
export const exportedList = z.strictObject({
  kind: z.literal('list'),
  playlist: uuid,
  index: id,
  day,
  policy: uuid,
  entries: z.array(z.tuple([id, z.string(), id])),
});
export type ExportedList = z.infer<typeof exportedList>;
