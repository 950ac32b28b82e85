import { fileSignature } from '#shared/contracts/auth/signature.ts';
import { dayInput, instantInput, patternInput, textInput, wholeInput } from '#shared/input-types.ts';
import { z } from 'zod';

const day = dayInput;
const uuid = z.uuid();
const sha256 = patternInput(/^[0-9a-f]{64}$/, 'is not a SHA-256 digest');
const id = wholeInput(1, Number.MAX_SAFE_INTEGER);
/** Names in a file, longer than any that Segue stores. */
const text = textInput(10_000);

/** One entry with its placement. `lastDay` and `restsUntil` are null while it is pinned. */
const unsignedEntry = z.strictObject({
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

/** `salt` finds the placements of this recording in the public ledger (`publicStayText`). */
const certifiedEntry = unsignedEntry.extend({ salt: sha256 });
export type CertifiedEntry = z.infer<typeof certifiedEntry>;

const editedTrack = { position: id, uri: text, title: text.nullable(), artists: z.array(text) };

/**
 * What Spotify showed on the certificate's day, as last read. `listDay` is the day whose list it was; null with `since` when nothing is known. `added`
 * has the positions on Spotify, `removed` those in the list; both are empty when it showed another list.
 */
const certifiedShown = z.strictObject({
  status: z.enum(['shown', 'nowhere', 'deleted', 'unknown']),
  listDay: day.nullable(),
  since: instantInput.nullable(),
  readAt: instantInput.nullable(),
  /** Since when a write has no receipt: parts of two lists may be shown. */
  unconfirmedSince: instantInput.nullable(),
  /** Accounts that showed this, and accounts that showed something else. */
  accounts: wholeInput(0, 1_000_000),
  otherAccounts: wholeInput(0, 1_000_000),
  added: z.array(z.strictObject(editedTrack)),
  removed: z.array(z.strictObject(editedTrack)),
  isReordered: z.boolean(),
});
export type CertifiedShown = z.infer<typeof certifiedShown>;

/** An entry that came back too soon because the operator showed an earlier list again. */
const certifiedRepeat = z.strictObject({ position: id, recordingId: id, lastShownOn: day, restsUntil: day });

const head = { issuedAt: instantInput, playlist: z.strictObject({ id: uuid, index: id, themeTag: text }), day };

const facts = {
  curatedAt: instantInput,
  /** Who showed the list of an earlier day again on this day; null when the entries are the day's own list. */
  rolledBack: z.strictObject({ showsDay: day, by: text, at: instantInput, reason: text.nullable() }).nullable(),
  policy: z.strictObject({ id: uuid, familyId: uuid, name: text, version: id, sha256 }),
  rest: z.strictObject({ days: wholeInput(0, 36_500), scope: z.enum(['network', 'playlist', 'policy']), circle: text }),
  /** Since when the ledger covers this repeat scope, and how many days that is up to this list. */
  ledger: z.strictObject({ since: day, daysCovered: id, placements: id }),
};

/**
 * Hash chain over the playlist's lists: each day's link covers the previous link, the day and its list, so rewriting a past day changes the link of
 * every later certificate.
 */
const chain = z.strictObject({ since: day, days: id, previous: sha256.nullable(), link: sha256 });

const KIND = z.literal('segue freshness certificate');

/**
 * The freshness certificate of one playlist and day, as a file. `verify:certificate` checks it offline against an export of the ledger.
 * `digest` covers the ordered entries and their placements, `chain` all lists up to this one, `signature` the whole file. `listSalt` finds the list in
 * the public ledger (`publicListText`).
 */
export const certificateFile = z.strictObject({
  kind: KIND,
  version: z.literal(2),
  ...head,
  /** The day whose list the entries are: an earlier one when that list was shown again. */
  listDay: day,
  ...facts,
  entries: z.array(certifiedEntry).min(1),
  digest: sha256,
  listSalt: sha256,
  chain,
  /** What Spotify showed that day. */
  shown: certifiedShown,
  /** Repeats within the repeat window, all because an earlier list was shown again. */
  repeats: z.array(certifiedRepeat),
  signature: fileSignature,
});
export type CertificateFile = z.infer<typeof certificateFile>;

/**
 * A certificate issued before signing existed. Its `seal` is the SHA-256 of everything before it, which anyone can compute. What later ones
 * state is absent in older ones: the chain, what Spotify showed, and with it the day of the list, which is then `day`.
 */
export const unsignedCertificateFile = z.strictObject({
  kind: KIND,
  version: z.literal(1),
  ...head,
  listDay: day.optional(),
  ...facts,
  entries: z.array(unsignedEntry).min(1),
  digest: sha256,
  chain: chain.optional(),
  shown: certifiedShown.optional(),
  repeats: z.array(certifiedRepeat).optional(),
  seal: sha256,
});
export type UnsignedCertificateFile = z.infer<typeof unsignedCertificateFile>;
