import type { ExportedList, ExportedStay } from '#shared/contracts/curation/ledger-lines.ts';
import type { LedgerLine } from '#shared/contracts/playlists/ledger-export.ts';
import { chainedListText, listDayOf } from '#shared/domain/playlists/certificate.ts';
import { sha256 } from './read-certificate.ts';
import type { AnyCertificate } from './read-certificate.ts';

/** What a full ledger export contains about a certificate's recordings and its list. */
export interface LedgerFacts {
  /** Every placement of the certificate's recordings, by placement id. */
  readonly stays: ReadonlyMap<number, ExportedStay>;
  /** Each list that contained one of the recordings, by day. */
  readonly appearances: readonly { readonly day: string; readonly playlistIndex: number; readonly recording: number; readonly stay: number }[];
  /** The chain hash of each list of the playlist up to the day, in day order. */
  readonly chainedLists: readonly { readonly day: string; readonly list: string }[];
  /** The certified list as stored in the ledger. */
  readonly list: () => ExportedList | undefined;
  /** The recordings of the list that the certificate's day had itself; the same list unless an earlier one was shown again. */
  readonly ownRecordings: ReadonlySet<number>;
}

/** Collects from a full export, line by line, what concerns the certificate. `read` returns why a line is refused. */
export function collectLedger(certificate: AnyCertificate) {
  const { day, playlist, entries } = certificate;
  const listDay = listDayOf(certificate);
  const ownRecordings = new Set<number>();
  const recordings = new Set(entries.map((entry) => entry.recordingId));
  const stays = new Map<number, ExportedStay>();
  const appearances: LedgerFacts['appearances'][number][] = [];
  const chain = collectChain(playlist.id, listDay);
  const isOutOfOrder = createOrderCheck();
  let list: ExportedList | undefined;
  const read = (line: LedgerLine): string | undefined => {
    if (line.kind !== 'stay' && line.kind !== 'list') return 'does not belong into a full export';
    const isOwn = line.kind === 'list' && line.playlist === playlist.id && line.day === listDay;
    const isDuplicate = (line.kind === 'stay' && stays.has(line.id)) || (isOwn && list !== undefined);
    if (isDuplicate || isOutOfOrder(line)) return 'is out of order or duplicated';
    chain.read(line);
    if (line.kind === 'stay') {
      if (recordings.has(line.recording)) stays.set(line.id, line);
      return undefined;
    }
    if (isOwn) list = line;
    if (line.playlist === playlist.id && line.day === day) for (const [recording] of line.entries) ownRecordings.add(recording);
    const ownEntries = line.entries.filter(([recording]) => recordings.has(recording));
    appearances.push(...ownEntries.map(([recording, , stay]) => ({ day: line.day, playlistIndex: line.index, recording, stay })));
    return undefined;
  };
  const facts: LedgerFacts = { stays, appearances, chainedLists: chain.lists, list: () => list, ownRecordings };
  return { facts, read };
}

/** Collects the chain hash of each list of one playlist. Placements precede the lists that contain them. */
function collectChain(playlist: string, upTo: string) {
  const firstDays = new Map<number, string>();
  const lists: { day: string; list: string }[] = [];
  const read = (line: ExportedStay | ExportedList): void => {
    if (line.kind === 'stay' && line.playlist === playlist) firstDays.set(line.id, line.firstDay);
    if (line.kind !== 'list' || line.playlist !== playlist || line.day > upTo) return;
    const entries = line.entries.map(([, trackId, placementId]) => ({ trackId, placementId, firstDay: firstDays.get(placementId) ?? '' }));
    lists.push({ day: line.day, list: sha256(chainedListText(entries)) });
  };
  return { lists, read };
}

/** Returns a function that reports a line out of order. Placements come before lists, and lists are sorted by day. */
function createOrderCheck() {
  let lastDay = '';
  return (line: ExportedStay | ExportedList): boolean => {
    if (line.kind === 'stay') return lastDay !== '';
    const isLate = line.day < lastDay;
    lastDay = line.day;
    return isLate;
  };
}
