import type { CertifiedEntry } from '#shared/contracts/playlists/certificate.ts';
import { addDays } from '#shared/domain/calendar.ts';
import type { LedgerHead } from './read-signed-lines.ts';
import type { AnyCertificate } from './read-certificate.ts';

export interface PlacementDays {
  readonly firstDay: string;
  readonly lastDay: string | null;
  readonly restDays: number;
}

/** The export must cover every entry's repeat window, or start with the ledger, and must include the day of the list. Returns what is missing. */
export function missingCoverage({ day, entries }: AnyCertificate, head: LedgerHead): string[] {
  const earliest = entries.map((entry) => addDays(entry.firstDay, -entry.restDays)).reduce((a, b) => (a < b ? a : b));
  const reachesBack = head.from <= earliest || (head.ledgerSince !== null && head.from <= head.ledgerSince);
  return [
    ...(reachesBack ? [] : [`The export begins on ${head.from}, but the repeat windows reach back to ${earliest}. Export the ledger from that day.`]),
    ...(head.to >= day ? [] : [`The export ends on ${head.to}, before the day of the list.`]),
  ];
}

/** A placement may have continued since the certificate was issued; it cannot have become shorter. */
export function isContinuation(entry: Pick<CertifiedEntry, 'firstDay' | 'lastDay' | 'restDays'>, own: PlacementDays): boolean {
  const endsAsIssued = own.lastDay !== null && own.lastDay === entry.lastDay;
  if (endsAsIssued ? own.restDays !== entry.restDays : own.restDays < entry.restDays) return false;
  if (own.lastDay === null) return true;
  return entry.lastDay === null ? own.lastDay >= entry.firstDay : own.lastDay >= entry.lastDay;
}

/** True when two placements, each extended by its repeat window, share a day. An open-ended placement never ends. */
export function overlaps(a: PlacementDays, b: PlacementDays): boolean {
  return a.firstDay < endOf(b) && b.firstDay < endOf(a);
}

function endOf({ lastDay, restDays }: PlacementDays): string {
  return lastDay === null ? '9999-12-31' : addDays(lastDay, restDays);
}

/** The sentence about an entry whose window another placement enters. */
export function clashSentence(name: string, { firstDay, lastDay }: PlacementDays): string {
  return `${name} repeated within its repeat window: another placement in the same scope began on ${firstDay}${lastDay ? ` and ended on ${lastDay}` : ''}.`;
}
