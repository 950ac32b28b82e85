import type { ExportedStay } from '#shared/contracts/curation/ledger-lines.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { linkText, listDayOf } from '#shared/domain/playlists/certificate.ts';
import type { LedgerFacts } from './collect-ledger.ts';
import { clashSentence, isContinuation, overlaps } from './placement-days.ts';
import { sha256 } from './read-certificate.ts';
import type { AnyCertificate } from './read-certificate.ts';
import type { LedgerHead } from './read-signed-lines.ts';

/** Checks a certificate against a full export: the same list, no rewritten earlier list, no repeat. Returns what fails, as sentences. */
export function checkFullLedger(certificate: AnyCertificate, head: LedgerHead, facts: LedgerFacts): string[] {
  return [
    ...checkList(certificate, facts),
    ...checkChain(certificate, head, facts),
    ...certificate.entries.flatMap((entry) => checkEntry(entry, certificate, facts)),
    ...checkRepeats(certificate, facts),
  ];
}

/** What the chain of an export that passed shows. */
export function chainSummary({ chain }: AnyCertificate, head: LedgerHead): string[] {
  if (!chain) return [];
  if (head.from > chain.since) return [`The chain begins on ${chain.since}. To check the earlier lists too, use an export from that day on.`];
  return [`The chain is intact: none of the ${chain.days} ${chain.days === 1 ? 'list' : 'lists'} since ${chain.since} was changed.`];
}

function checkList(certificate: AnyCertificate, facts: LedgerFacts): string[] {
  const { entries, playlist, policy } = certificate;
  const list = facts.list();
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
function checkChain(certificate: AnyCertificate, head: LedgerHead, { chainedLists: chained }: LedgerFacts): string[] {
  const { chain, playlist } = certificate;
  if (!chain || head.from > chain.since) return [];
  let link: string | null = null;
  for (const { day: on, list } of chained) link = sha256(linkText({ previous: link, day: on, list }));
  if (link === chain.link && chained.length === chain.days && chained[0]?.day === chain.since) return [];
  return [
    `The chain of “${playlist.themeTag}” does not match: a list between ${chain.since} and ${listDayOf(certificate)} was changed after the certificate was issued.`,
  ];
}

type AnyEntry = AnyCertificate['entries'][number];

function checkEntry(entry: AnyEntry, { playlist, rest }: AnyCertificate, { stays, appearances: shown }: LedgerFacts): string[] {
  const name = `“${entry.title}” (entry ${entry.position})`;
  const own = stays.get(entry.placementId);
  if (!own) return [`The ledger has no placement of ${name}.`];
  const isSame = own.playlist === playlist.id && own.recording === entry.recordingId && own.circle === rest.circle && own.firstDay === entry.firstDay;
  if (!isSame || !isContinuation(entry, own)) return [`The placement of ${name} differs in the ledger.`];
  const clash = [...stays.values()].find(
    (other) => other.id !== own.id && other.recording === own.recording && other.circle === own.circle && overlaps(own, other),
  );
  if (clash) return [clashSentence(name, clash)];
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
function checkRepeats(certificate: AnyCertificate, { stays, appearances, ownRecordings }: LedgerFacts): string[] {
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

function covers(stay: ExportedStay | undefined, one: LedgerFacts['appearances'][number]): boolean {
  return stay !== undefined && stay.recording === one.recording && stay.firstDay <= one.day && (stay.lastDay === null || stay.lastDay >= one.day);
}
