import type { CertificateFile, CertifiedEntry, ExportedStay } from '#shared/contracts/playlists/certificate.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { linkText } from '#shared/domain/playlists/certificate.ts';
import { readCertificate, sha256 } from './check-file.ts';
import { readExport } from './read-export.ts';
import type { LedgerFacts } from './read-export.ts';
import { readLines } from './read-lines.ts';

/** The verdict for people: proved or not, and why in sentences. */
export interface Verdict {
  readonly isProved: boolean;
  readonly says: readonly string[];
}

/**
 * Checks a freshness certificate against an export of the ledger, and uses nothing else: that both are whole to the byte, that the ledger has the very
 * list, and that none of its recordings was in its rest scope inside its window, by the stays and again by the lists of every day.
 */
export async function verifyCertificate(text: string, ledger: AsyncIterable<Uint8Array>): Promise<Verdict> {
  const read = readCertificate(text);
  if (read.kind === 'refused') return { isProved: false, says: read.reasons };
  const { certificate } = read;
  const exported = await readExport(readLines(ledger), certificate);
  if (exported.kind === 'refused') return { isProved: false, says: [exported.reason] };
  const { facts } = exported;
  const against = [
    ...coverage(certificate, facts),
    ...listDiffers(certificate, facts),
    ...chainBreaks(certificate, facts),
    ...certificate.entries.flatMap((entry) => checkEntry(entry, certificate, facts)),
  ];
  return against.length > 0 ? { isProved: false, says: against } : { isProved: true, says: provedWords(certificate, facts) };
}

/** The export has to reach back over the rest of every entry, or to the beginning of the ledger, and forward to the day. */
function coverage({ day, entries }: CertificateFile, { head }: LedgerFacts): string[] {
  const earliest = entries.map((entry) => addDays(entry.firstDay, -entry.restDays)).reduce((a, b) => (a < b ? a : b));
  const reachesBack = head.from <= earliest || (head.ledgerSince !== null && head.from <= head.ledgerSince);
  return [
    ...(reachesBack ? [] : [`The export begins on ${head.from}, but the rests reach back to ${earliest}: export the ledger from there.`]),
    ...(head.to >= day ? [] : [`The export ends on ${head.to}, before the day of the list.`]),
  ];
}

function listDiffers({ entries, playlist, day, policy }: CertificateFile, { list }: LedgerFacts): string[] {
  if (!list) return [`The ledger has no list of “${playlist.themeTag}” for ${day}.`];
  const isSame =
    list.index === playlist.index &&
    list.policy === policy.id &&
    list.entries.length === entries.length &&
    list.entries.every(([recording, track, stay], at) => {
      const entry = entries[at];
      return entry?.recordingId === recording && entry.trackId === track && entry.placementId === stay;
    });
  return isSame ? [] : ['The list in the ledger is another one than the certificate says.'];
}

/** Whether the lists of all days up to this one are those that the certificate was issued over; not asked where the export begins later. */
function chainBreaks({ chain, playlist, day }: CertificateFile, { head, chained }: LedgerFacts): string[] {
  if (!chain || head.from > chain.since) return [];
  let link: string | null = null;
  for (const { day: on, list } of chained) link = sha256(linkText({ previous: link, day: on, list }));
  if (link === chain.link && chained.length === chain.days && chained[0]?.day === chain.since) return [];
  return [
    `The chain of “${playlist.themeTag}” does not fit: a list between ${chain.since} and ${day} is another one than when the certificate was issued.`,
  ];
}

function chainWords({ chain }: CertificateFile, { head }: LedgerFacts): string[] {
  if (!chain) return [];
  if (head.from > chain.since) return [`Its chain begins on ${chain.since}; with an export from that day on the earlier lists are checked as well.`];
  return [`Its chain holds: none of the ${chain.days} ${chain.days === 1 ? 'list' : 'lists'} since ${chain.since} was rewritten.`];
}

function checkEntry(entry: CertifiedEntry, { playlist, rest }: CertificateFile, { stays, shown }: LedgerFacts): string[] {
  const name = `“${entry.title}” (entry ${entry.position})`;
  const own = stays.get(entry.placementId);
  if (!own) return [`The ledger does not have the stay of ${name}.`];
  const isSame = own.playlist === playlist.id && own.recording === entry.recordingId && own.circle === rest.circle && own.firstDay === entry.firstDay;
  if (!isSame || !goesOn(entry, own)) return [`The stay of ${name} is another one in the ledger.`];
  const clash = [...stays.values()].find(
    (other) => other.id !== own.id && other.recording === own.recording && other.circle === own.circle && overlaps(own, other),
  );
  if (clash)
    return [
      `${name} has not rested: another stay of it in the same circle began on ${clash.firstDay}${clash.lastDay ? ` and ended on ${clash.lastDay}` : ''}.`,
    ];
  // Once more, from the lists that were shown and not from the stays that were written beside them.
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
  const lost = shown.find((one) => one.recording === entry.recordingId && !holds(stays.get(one.stay), one));
  return [
    ...(tooSoon ? [`${name} was in playlist ${tooSoon.playlistIndex} on ${tooSoon.day} and had to rest.`] : []),
    ...(lost ? [`A list of ${lost.day} shows ${name} without a stay that covers the day.`] : []),
  ];
}

/** A stay may have gone on since the certificate was issued; it cannot have become shorter. */
function goesOn(entry: CertifiedEntry, own: ExportedStay): boolean {
  const isAsIssued = own.lastDay !== null && own.lastDay === entry.lastDay;
  if (isAsIssued ? own.restDays !== entry.restDays : own.restDays < entry.restDays) return false;
  if (own.lastDay === null) return true;
  return entry.lastDay === null ? own.lastDay >= entry.firstDay : own.lastDay >= entry.lastDay;
}

function holds(stay: ExportedStay | undefined, one: LedgerFacts['shown'][number]): boolean {
  return stay !== undefined && stay.recording === one.recording && stay.firstDay <= one.day && (stay.lastDay === null || stay.lastDay >= one.day);
}

/** Whether two stays, each with its rest, have a day in common; a stay without an end reaches as far as days go. */
function overlaps(a: ExportedStay, b: ExportedStay): boolean {
  return a.firstDay < endOf(b) && b.firstDay < endOf(a);
}

function endOf({ lastDay, restDays }: ExportedStay): string {
  return lastDay === null ? '9999-12-31' : addDays(lastDay, restDays);
}

const CIRCLES = { network: 'the whole network', playlist: 'this playlist', policy: 'all playlists with its rules' } as const;

function provedWords(certificate: CertificateFile, facts: LedgerFacts): string[] {
  const { playlist, day, entries, rest, policy, rolledBack } = certificate;
  const { head, stays } = facts;
  const pins = entries.filter((entry) => entry.placedBy !== 'curation').length;
  return [
    `“${playlist.themeTag}” (playlist ${playlist.index}), ${day}: ${entries.length} recordings, in the order that the ledger has.`,
    `None of them was in ${CIRCLES[rest.scope]} in the ${rest.days} days before it came; ${stays.size} stays from ${head.from} to ${head.to} were looked through.`,
    `Curated under “${policy.name}”, version ${policy.version}${pins > 0 ? `; ${pins} ${pins === 1 ? 'entry is' : 'entries are'} pinned, which is a stay without an end` : ''}.`,
    ...chainWords(certificate, facts),
    ...(head.ledgerSince !== null && head.ledgerSince > addDays(day, -rest.days)
      ? [`The ledger itself begins on ${head.ledgerSince}; of days before it nothing can be said.`]
      : []),
    ...(rolledBack
      ? [
          `This list is not shown: ${rolledBack.by} rolled the day back to the list of ${rolledBack.showsDay}${rolledBack.reason ? ` (${rolledBack.reason})` : ''}.`,
        ]
      : []),
  ];
}
