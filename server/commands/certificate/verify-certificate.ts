import type { ExportedStay } from '#shared/contracts/curation/ledger-lines.ts';
import type { CertificateFile, CertifiedEntry } from '#shared/contracts/playlists/certificate.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { linkText, listDayOf } from '#shared/domain/playlists/certificate.ts';
import { describeShown } from './describe-shown.ts';
import { readCertificate, sha256 } from './read-certificate.ts';
import { readExport } from './read-export.ts';
import type { LedgerFacts } from './read-export.ts';
import { readLines } from './read-lines.ts';

/** The result for people: proved or not, and the reasons as sentences. */
export interface VerificationResult {
  readonly isProved: boolean;
  readonly says: readonly string[];
}

/**
 * Checks a freshness certificate against a ledger export, without a database: both files are unchanged, the ledger contains the same list, and
 * no recording repeated within its repeat window. The repeat check runs twice, on the placements and on every day's lists.
 */
export async function verifyCertificate(text: string, ledger: AsyncIterable<Uint8Array>): Promise<VerificationResult> {
  const read = readCertificate(text);
  if (read.kind === 'invalid') return { isProved: false, says: read.reasons };
  const { certificate } = read;
  const exported = await readExport(readLines(ledger), certificate);
  if (exported.kind === 'invalid') return { isProved: false, says: [exported.reason] };
  const { facts } = exported;
  const failures = [
    ...checkCoverage(certificate, facts),
    ...checkList(certificate, facts),
    ...checkChain(certificate, facts),
    ...certificate.entries.flatMap((entry) => checkEntry(entry, certificate, facts)),
    ...checkRepeats(certificate, facts),
  ];
  return failures.length > 0 ? { isProved: false, says: failures } : { isProved: true, says: proofSummary(certificate, facts) };
}

/** The export must cover every entry's repeat window, or start with the ledger, and must include the day of the list. */
function checkCoverage({ day, entries }: CertificateFile, { head }: LedgerFacts): string[] {
  const earliest = entries.map((entry) => addDays(entry.firstDay, -entry.restDays)).reduce((a, b) => (a < b ? a : b));
  const reachesBack = head.from <= earliest || (head.ledgerSince !== null && head.from <= head.ledgerSince);
  return [
    ...(reachesBack ? [] : [`The export begins on ${head.from}, but the repeat windows reach back to ${earliest}. Export the ledger from that day.`]),
    ...(head.to >= day ? [] : [`The export ends on ${head.to}, before the day of the list.`]),
  ];
}

function checkList(certificate: CertificateFile, { list }: LedgerFacts): string[] {
  const { entries, playlist, policy } = certificate;
  if (!list) return [`The ledger has no list of “${playlist.themeTag}” for ${listDayOf(certificate)}.`];
  const isSame =
    list.index === playlist.index &&
    list.policy === policy.id &&
    list.entries.length === entries.length &&
    list.entries.every(([recording, track, stay], at) => {
      const entry = entries[at];
      return entry?.recordingId === recording && entry.trackId === track && entry.placementId === stay;
    });
  return isSame ? [] : ['The list in the ledger differs from the certificate.'];
}

/** Checks that no earlier list changed since the certificate was issued. Skipped when the export begins later than the chain. */
function checkChain(certificate: CertificateFile, { head, chainedLists: chained }: LedgerFacts): string[] {
  const { chain, playlist } = certificate;
  if (!chain || head.from > chain.since) return [];
  let link: string | null = null;
  for (const { day: on, list } of chained) link = sha256(linkText({ previous: link, day: on, list }));
  if (link === chain.link && chained.length === chain.days && chained[0]?.day === chain.since) return [];
  return [
    `The chain of “${playlist.themeTag}” does not match: a list between ${chain.since} and ${listDayOf(certificate)} was changed after the certificate was issued.`,
  ];
}

function chainSummary({ chain }: CertificateFile, { head }: LedgerFacts): string[] {
  if (!chain) return [];
  if (head.from > chain.since) return [`The chain begins on ${chain.since}. To check the earlier lists too, use an export from that day on.`];
  return [`The chain is intact: none of the ${chain.days} ${chain.days === 1 ? 'list' : 'lists'} since ${chain.since} was changed.`];
}

function checkEntry(entry: CertifiedEntry, { playlist, rest }: CertificateFile, { stays, appearances: shown }: LedgerFacts): string[] {
  const name = `“${entry.title}” (entry ${entry.position})`;
  const own = stays.get(entry.placementId);
  if (!own) return [`The ledger has no placement of ${name}.`];
  const isSame = own.playlist === playlist.id && own.recording === entry.recordingId && own.circle === rest.circle && own.firstDay === entry.firstDay;
  if (!isSame || !isContinuation(entry, own)) return [`The placement of ${name} differs in the ledger.`];
  const clash = [...stays.values()].find(
    (other) => other.id !== own.id && other.recording === own.recording && other.circle === own.circle && overlaps(own, other),
  );
  if (clash)
    return [
      `${name} repeated within its repeat window: another placement in the same scope began on ${clash.firstDay}${clash.lastDay ? ` and ended on ${clash.lastDay}` : ''}.`,
    ];
  // The same check on the lists that were shown, independent of the placements.
  const tooSoon = shown.find((one) => {
    const stay = stays.get(one.stay);
    return (
      one.recording === entry.recordingId &&
      one.stay !== own.id &&
      stay?.circle === own.circle &&
      one.day < own.firstDay &&
      addDays(one.day, stay.restDays) > own.firstDay
    );
  });
  const lost = shown.find((one) => one.recording === entry.recordingId && !covers(stays.get(one.stay), one));
  return [
    ...(tooSoon ? [`${name} was in playlist ${tooSoon.playlistIndex} on ${tooSoon.day}, which is within its repeat window.`] : []),
    ...(lost ? [`A list of ${lost.day} contains ${name} without a placement that covers the day.`] : []),
  ];
}

/** A list that is shown again may repeat too soon. Every such entry that the lists of the export show must be stated. */
function checkRepeats(certificate: CertificateFile, { stays, appearances, ownRecordings }: LedgerFacts): string[] {
  const { day, entries, rest } = certificate;
  if (listDayOf(certificate) === day) return [];
  const stated = new Set(certificate.repeats?.map(({ position }) => position));
  return entries.flatMap((entry) => {
    const isRepeat = appearances.some((one) => {
      const stay = stays.get(one.stay);
      return one.recording === entry.recordingId && stay?.circle === rest.circle && one.day < day && addDays(one.day, stay.restDays) > day;
    });
    if (!isRepeat || ownRecordings.has(entry.recordingId) || stated.has(entry.position)) return [];
    return [`“${entry.title}” (entry ${entry.position}) repeated within its repeat window on ${day}, and the certificate does not state it.`];
  });
}

/** A placement may have continued since the certificate was issued; it cannot have become shorter. */
function isContinuation(entry: CertifiedEntry, own: ExportedStay): boolean {
  const endsAsIssued = own.lastDay !== null && own.lastDay === entry.lastDay;
  if (endsAsIssued ? own.restDays !== entry.restDays : own.restDays < entry.restDays) return false;
  if (own.lastDay === null) return true;
  return entry.lastDay === null ? own.lastDay >= entry.firstDay : own.lastDay >= entry.lastDay;
}

function covers(stay: ExportedStay | undefined, one: LedgerFacts['appearances'][number]): boolean {
  return stay !== undefined && stay.recording === one.recording && stay.firstDay <= one.day && (stay.lastDay === null || stay.lastDay >= one.day);
}

/** True when two placements, each extended by its repeat window, share a day. An open-ended placement never ends. */
function overlaps(a: ExportedStay, b: ExportedStay): boolean {
  return a.firstDay < endOf(b) && b.firstDay < endOf(a);
}

function endOf({ lastDay, restDays }: ExportedStay): string {
  return lastDay === null ? '9999-12-31' : addDays(lastDay, restDays);
}

const SCOPE_NAMES = { network: 'the whole network', playlist: 'this playlist', policy: 'all playlists with its rules' } as const;

function proofSummary(certificate: CertificateFile, facts: LedgerFacts): string[] {
  const { playlist, entries, rest, policy } = certificate;
  const { head, stays } = facts;
  const day = listDayOf(certificate);
  const pins = entries.filter((entry) => entry.placedBy !== 'curation').length;
  return [
    `“${playlist.themeTag}” (playlist ${playlist.index}), ${day}: ${entries.length} recordings, in the same order as in the ledger.`,
    `None of them was in ${SCOPE_NAMES[rest.scope]} in the ${rest.days} days before it was added. ${stays.size} placements from ${head.from} to ${head.to} were checked.`,
    `Curated under “${policy.name}”, version ${policy.version}${pins > 0 ? `; ${pins} ${pins === 1 ? 'entry is' : 'entries are'} pinned, which means no end date` : ''}.`,
    ...chainSummary(certificate, facts),
    ...(head.ledgerSince !== null && head.ledgerSince > addDays(day, -rest.days)
      ? [`The ledger begins on ${head.ledgerSince}. Earlier days cannot be checked.`]
      : []),
    ...describeShown(certificate),
  ];
}
