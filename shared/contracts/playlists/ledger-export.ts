import { exportedList, exportedStay } from '#shared/contracts/curation/ledger-lines.ts';
import { fileSignature } from '#shared/contracts/auth/signature.ts';
import { dayInput, instantInput, patternInput, wholeInput } from '#shared/input-types.ts';
import { z } from 'zod';

const day = dayInput;
const sha256 = patternInput(/^[0-9a-f]{64}$/, 'is not a SHA-256 digest');

/** The days an export covers, and since when the ledger exists. */
const coverage = { version: z.literal(2), from: day, to: day, ledgerSince: day.nullable(), exportedAt: instantInput };

/** The first line of a ledger export. */
const exportHead = z.strictObject({ kind: z.literal('segue ledger export'), ...coverage });

/** The first line of a public ledger. */
const publicHead = z.strictObject({ kind: z.literal('segue public ledger'), ...coverage });

/** A placement without names. `digest` is the SHA-256 of `publicStayText`; a certificate has the salts of its own recordings. */
const publicStay = z.strictObject({
  kind: z.literal('public stay'),
  digest: sha256,
  firstDay: day,
  lastDay: day.nullable(),
  restDays: wholeInput(0, 36_500),
});
export type PublicStay = z.infer<typeof publicStay>;

/** One day's list without names. `digest` is the SHA-256 of `publicListText`. */
const publicList = z.strictObject({ kind: z.literal('public list'), day, digest: sha256 });

/** What a line of an export says, without its chain hash. */
export const ledgerLine = z.discriminatedUnion('kind', [exportHead, exportedStay, exportedList, publicHead, publicStay, publicList]);
export type LedgerLine = z.infer<typeof ledgerLine>;

/** Every line but the last also has `chain`, the SHA-256 of `ledgerChainText`: it covers this line and all before it. */
export const lineChain = sha256;

/** The last line: the number of lines before it, their chain hash, and the signature of both. */
export const ledgerEnd = z.strictObject({
  kind: z.literal('end'),
  lines: wholeInput(1, Number.MAX_SAFE_INTEGER),
  chain: sha256,
  signature: fileSignature,
});

export const ledgerExportInput = z.strictObject({ from: dayInput, to: dayInput }).refine(({ from, to }) => from <= to, {
  error: 'is after the last day',
  path: ['from'],
});
export type LedgerExportInput = z.infer<typeof ledgerExportInput>;
