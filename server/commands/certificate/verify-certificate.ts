import type { LedgerLine } from '#shared/contracts/playlists/ledger-export.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { listDayOf } from '#shared/domain/playlists/certificate.ts';
import { chainSummary, checkFullLedger } from './check-full-ledger.ts';
import { checkPublicLedger } from './check-public-ledger.ts';
import { collectLedger } from './collect-ledger.ts';
import { describeShown } from './describe-shown.ts';
import { missingCoverage } from './placement-days.ts';
import { readCertificate } from './read-certificate.ts';
import type { AnyCertificate } from './read-certificate.ts';
import { readLines } from './read-lines.ts';
import { readSignedLines } from './read-signed-lines.ts';
import type { LedgerHead } from './read-signed-lines.ts';
import type { TrustedKey } from './trusted-keys.ts';

/** The result for people. `unsigned` is a certificate from before signing existed that agrees with a signed ledger; it is not proved. */
export interface VerificationResult {
  readonly outcome: 'proved' | 'unsigned' | 'refused';
  readonly says: readonly string[];
}

/**
 * Checks a freshness certificate against an export of the ledger, full or public, without a database: both files are signed by a trusted key and
 * unchanged, the ledger contains the same list, and no recording repeated within its repeat window.
 */
export async function verifyCertificate(
  text: string,
  ledger: AsyncIterable<Uint8Array>,
  trusted: readonly TrustedKey[],
): Promise<VerificationResult> {
  const certified = readCertificate(text, trusted);
  if (certified.kind === 'invalid') return { outcome: 'refused', says: certified.reasons };
  const { certificate } = certified;
  const checks = createChecks(certificate);
  const read = await readSignedLines(readLines(ledger), { trusted, read: (line, head) => checks.of(head).read(line) });
  if (read.kind === 'invalid') return { outcome: 'refused', says: [read.reason] };
  const { head } = read;
  const failures = [...missingCoverage(certificate, head), ...checks.of(head).failures(head)];
  if (failures.length > 0) return { outcome: 'refused', says: failures };
  const [list, ...more] = checks.of(head).summary(head);
  const says = [list ?? '', signatureSummary(certified.key, read.key), ...more, ...describeShown(certificate)];
  if (certified.key !== null) return { outcome: 'proved', says };
  const unsigned = 'Sealed before signing existed: only its integrity hash can be checked. It matches, but anyone could have written this file.';
  return { outcome: 'unsigned', says: [unsigned, ...says] };
}

interface LedgerCheck {
  readonly read: (line: LedgerLine) => string | undefined;
  readonly failures: (head: LedgerHead) => string[];
  readonly summary: (head: LedgerHead) => string[];
}

/** The check that fits the head of the export. */
function createChecks(certificate: AnyCertificate): { of: (head: LedgerHead) => LedgerCheck } {
  const { read, facts } = collectLedger(certificate);
  const full: LedgerCheck = {
    read,
    failures: (head) => checkFullLedger(certificate, head, facts),
    summary: (head) => [
      `${listName(certificate)}, in the same order as in the ledger.`,
      ...windowSummary(certificate, head, facts.stays.size),
      ...chainSummary(certificate, head),
      ...sinceSummary(certificate, head),
    ],
  };
  const open = certificate.version === 2 ? publicCheck(certificate) : undefined;
  const unsalted = 'cannot be used: a certificate without signature can only be checked against the full export';
  const reduced = open ?? { read: () => unsalted, failures: () => [`The public ledger ${unsalted}.`], summary: () => [] };
  return { of: (head) => (head.kind === 'segue public ledger' ? reduced : full) };
}

function publicCheck(certificate: Extract<AnyCertificate, { version: 2 }>): LedgerCheck {
  const { read, failures, placements } = checkPublicLedger(certificate);
  return {
    read,
    failures,
    summary: (head) => [
      `${listName(certificate)}, the same list as in the public ledger.`,
      ...windowSummary(certificate, head, placements()),
      'The public ledger has no tracks: whether earlier lists were changed needs the full export.',
      ...(certificate.rolledBack ? ['Whether all repeats of the list that was shown again are stated needs the full export, too.'] : []),
      ...sinceSummary(certificate, head),
    ],
  };
}

function listName(certificate: AnyCertificate): string {
  const { playlist, entries } = certificate;
  return `“${playlist.themeTag}” (playlist ${playlist.index}), ${listDayOf(certificate)}: ${entries.length} recordings`;
}

const SCOPE_NAMES = { network: 'the whole network', playlist: 'this playlist', policy: 'all playlists with its rules' } as const;

function windowSummary({ entries, rest, policy }: AnyCertificate, head: LedgerHead, placements: number): string[] {
  const pins = entries.filter((entry) => entry.placedBy !== 'curation').length;
  return [
    `None of them was in ${SCOPE_NAMES[rest.scope]} in the ${rest.days} days before it was added. ${placements} placements from ${head.from} to ${head.to} were checked.`,
    `Curated under “${policy.name}”, version ${policy.version}${pins > 0 ? `; ${pins} ${pins === 1 ? 'entry is' : 'entries are'} pinned, which means no end date` : ''}.`,
  ];
}

function signatureSummary(certificateKey: string | null, ledgerKey: string): string {
  if (certificateKey === null) return `Only the ledger is signed, with key ${ledgerKey}.`;
  if (certificateKey === ledgerKey) return `The certificate and the ledger are signed with key ${ledgerKey}.`;
  return `The certificate is signed with key ${certificateKey}, the ledger with key ${ledgerKey}.`;
}

function sinceSummary(certificate: AnyCertificate, { ledgerSince }: LedgerHead): string[] {
  const isShort = ledgerSince !== null && ledgerSince > addDays(listDayOf(certificate), -certificate.rest.days);
  return isShort ? [`The ledger begins on ${ledgerSince}. Earlier days cannot be checked.`] : [];
}
