import { z } from 'zod';

const day = z.iso.date();
const uuid = z.uuid();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const id = z.int().positive();

/** One entry with the stay that it is a day of. `lastDay` and `restsUntil` are null while it is pinned. */
const certifiedEntry = z.strictObject({
  position: id,
  recordingId: id,
  trackId: z.string(),
  title: z.string(),
  artists: z.array(z.string()),
  placementId: id,
  firstDay: day,
  lastDay: day.nullable(),
  restDays: z.int().min(0),
  /** First day on which it may come back to its rest scope. */
  restsUntil: day.nullable(),
  /** Whether curation chose it or a pin put it there. */
  placedBy: z.enum(['curation', 'policy pin', 'list pin']),
});
export type CertifiedEntry = z.infer<typeof certifiedEntry>;

/**
 * The freshness certificate of one playlist and day, as a file. It can be checked without the house by `verify:certificate`, against an export of
 * the ledger. `digest` is over the ordered entries and their stays; `chain` over all lists up to this one; `seal` over everything before it.
 */
export const certificateFile = z.strictObject({
  kind: z.literal('segue freshness certificate'),
  version: z.literal(1),
  issuedAt: z.iso.datetime(),
  playlist: z.strictObject({ id: uuid, index: id, themeTag: z.string() }),
  day,
  curatedAt: z.iso.datetime(),
  /** The list that is shown instead since somebody rolled this day back; null when it is this one. */
  rolledBack: z.strictObject({ showsDay: day, by: z.string(), at: z.iso.datetime(), reason: z.string().nullable() }).nullable(),
  policy: z.strictObject({ id: uuid, familyId: uuid, name: z.string(), version: id, sha256 }),
  rest: z.strictObject({ days: z.int().min(0), scope: z.enum(['network', 'playlist', 'policy']), circle: z.string() }),
  /** Since when the ledger knows this rest scope, and how many days up to the list that makes. */
  ledger: z.strictObject({ since: day, daysCovered: id, placements: id }),
  entries: z.array(certifiedEntry).min(1),
  digest: sha256,
  /**
   * Binds the list to every earlier one of the playlist: each day's link is over the link before it, the day and its list. Who rewrites a past
   * day changes the link of every later certificate. Absent in certificates that were issued before there was a chain.
   */
  chain: z.strictObject({ since: day, days: id, previous: sha256.nullable(), link: sha256 }).optional(),
  seal: sha256,
});
export type CertificateFile = z.infer<typeof certificateFile>;

/** The first line of an export of the ledger: which days it holds, and since when there is a ledger at all. */
const exportHead = z.strictObject({
  kind: z.literal('segue ledger export'),
  version: z.literal(1),
  from: day,
  to: day,
  ledgerSince: day.nullable(),
  exportedAt: z.iso.datetime(),
});
/** A stay of a recording in a list, every one whose rest reaches into the days of the export. */
const exportStay = z.strictObject({
  kind: z.literal('stay'),
  id,
  playlist: uuid,
  recording: id,
  circle: z.string(),
  firstDay: day,
  lastDay: day.nullable(),
  restDays: z.int().min(0),
});
/** A list of a day, in playing order: recording, track and stay of each entry. */
const exportList = z.strictObject({
  kind: z.literal('list'),
  playlist: uuid,
  index: id,
  day,
  policy: uuid,
  entries: z.array(z.tuple([id, z.string(), id])),
});
/** The last line: how many lines stand before it, and their digest. */
const exportEnd = z.strictObject({ kind: z.literal('end'), lines: z.int().min(1), sha256 });

export const exportLine = z.discriminatedUnion('kind', [exportHead, exportStay, exportList, exportEnd]);
export type ExportLine = z.infer<typeof exportLine>;
export type ExportedStay = z.infer<typeof exportStay>;
export type ExportedList = z.infer<typeof exportList>;

export const ledgerExportInput = z.strictObject({ from: day, to: day }).refine(({ from, to }) => from <= to, {
  error: 'The first day comes after the last.',
  path: ['from'],
});
export type LedgerExportInput = z.infer<typeof ledgerExportInput>;
