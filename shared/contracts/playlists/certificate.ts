import { z } from 'zod';
import { dayInput, instantInput, patternInput, textInput, wholeInput } from '#shared/input-types.ts';
import { exportedList, exportedStay } from '#shared/contracts/curation/ledger-lines.ts';

const day = dayInput;
const uuid = z.uuid();
const sha256 = patternInput(/^[0-9a-f]{64}$/, 'is not a SHA-256 digest');
const id = wholeInput(1, Number.MAX_SAFE_INTEGER);
/** Names in a file, longer than any that Segue stores. */
const text = textInput(10_000);

/** One entry with its placement. `lastDay` and `restsUntil` are null while it is pinned. */
const certifiedEntry = z.strictObject({
  position: id,
  recordingId: id,
  trackId: textInput(64),
  title: text,
  artists: z.array(text),
  placementId: id,
  firstDay: day,
  lastDay: day.nullable(),
  restDays: wholeInput(0, 36_500),
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
  issuedAt: instantInput,
  playlist: z.strictObject({ id: uuid, index: id, themeTag: text }),
  day,
  curatedAt: instantInput,
  /** The list shown instead, if this day was rolled back; null when this list is shown. */
  rolledBack: z.strictObject({ showsDay: day, by: text, at: instantInput, reason: text.nullable() }).nullable(),
  policy: z.strictObject({ id: uuid, familyId: uuid, name: text, version: id, sha256 }),
  rest: z.strictObject({ days: wholeInput(0, 36_500), scope: z.enum(['network', 'playlist', 'policy']), circle: text }),
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
  exportedAt: instantInput,
});
/** The last line: the number of lines before it, and their digest. */
const exportEnd = z.strictObject({ kind: z.literal('end'), lines: id, sha256 });

export const exportLine = z.discriminatedUnion('kind', [exportHead, exportedStay, exportedList, exportEnd]);
export type ExportLine = z.infer<typeof exportLine>;

export const ledgerExportInput = z.strictObject({ from: day, to: day }).refine(({ from, to }) => from <= to, {
  error: 'The first day is after the last day.',
  path: ['from'],
});
export type LedgerExportInput = z.infer<typeof ledgerExportInput>;
