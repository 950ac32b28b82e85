import { z } from 'zod';
import { exportedList, exportedStay } from '#shared/contracts/curation/ledger-lines.ts';

const day = z.iso.date();
const uuid = z.uuid();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const id = z.int().positive();

/** One entry with its placement. `lastDay` and `restsUntil` are null while it is pinned. */
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
  /** First day on which it can play again in its repeat scope. */
  restsUntil: day.nullable(),
  /** Whether curation or a pin placed it. */
  placedBy: z.enum(['curation', 'policy pin', 'list pin']),
});
export type CertifiedEntry = z.infer<typeof certifiedEntry>;

/**
 * The freshness certificate of one playlist and day, as a file. `verify:certificate` checks it offline against an export of the ledger.
 * `digest` covers the ordered entries and their placements, `chain` all lists up to this one, `seal` everything before it.
 */
export const certificateFile = z.strictObject({
  kind: z.literal('segue freshness certificate'),
  version: z.literal(1),
  issuedAt: z.iso.datetime(),
  playlist: z.strictObject({ id: uuid, index: id, themeTag: z.string() }),
  day,
  curatedAt: z.iso.datetime(),
  /** The list shown instead, if this day was rolled back; null when this list is shown. */
  rolledBack: z.strictObject({ showsDay: day, by: z.string(), at: z.iso.datetime(), reason: z.string().nullable() }).nullable(),
  policy: z.strictObject({ id: uuid, familyId: uuid, name: z.string(), version: id, sha256 }),
  rest: z.strictObject({ days: z.int().min(0), scope: z.enum(['network', 'playlist', 'policy']), circle: z.string() }),
  /** Since when the ledger covers this repeat scope, and how many days that is up to this list. */
  ledger: z.strictObject({ since: day, daysCovered: id, placements: id }),
  entries: z.array(certifiedEntry).min(1),
  digest: sha256,
  /**
   * Hash chain over the playlist's lists: each day's link covers the previous link, the day and its list, so rewriting a past day changes the link
   * of every later certificate. Absent in certificates issued before the chain existed.
   */
  chain: z.strictObject({ since: day, days: id, previous: sha256.nullable(), link: sha256 }).optional(),
  seal: sha256,
});
export type CertificateFile = z.infer<typeof certificateFile>;

/** The first line of a ledger export: the days it covers, and since when the ledger exists. */
const exportHead = z.strictObject({
  kind: z.literal('segue ledger export'),
  version: z.literal(1),
  from: day,
  to: day,
  ledgerSince: day.nullable(),
  exportedAt: z.iso.datetime(),
});
/** The last line: the number of lines before it, and their digest. */
const exportEnd = z.strictObject({ kind: z.literal('end'), lines: z.int().min(1), sha256 });

export const exportLine = z.discriminatedUnion('kind', [exportHead, exportedStay, exportedList, exportEnd]);
export type ExportLine = z.infer<typeof exportLine>;

export const ledgerExportInput = z.strictObject({ from: day, to: day }).refine(({ from, to }) => from <= to, {
  error: 'The first day is after the last day.',
  path: ['from'],
});
export type LedgerExportInput = z.infer<typeof ledgerExportInput>;
