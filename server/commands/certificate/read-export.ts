import { exportLine } from '#shared/contracts/playlists/certificate.ts';
import type { ExportedList, ExportedStay } from '#shared/contracts/curation/ledger-lines.ts';
import type { CertificateFile, ExportLine } from '#shared/contracts/playlists/certificate.ts';
import { chainedListText, listDayOf } from '#shared/domain/playlists/certificate.ts';
import { createHash } from 'node:crypto';

type Head = Extract<ExportLine, { kind: 'segue ledger export' }>;

/** What a ledger export contains about a certificate's recordings and its list. */
export interface LedgerFacts {
  readonly head: Head;
  /** Every placement of the certificate's recordings, by placement id. */
  readonly stays: ReadonlyMap<number, ExportedStay>;
  /** Each list that contained one of the recordings, by day. */
  readonly appearances: readonly { readonly day: string; readonly playlistIndex: number; readonly recording: number; readonly stay: number }[];
  /** The chain hash of each list of the playlist up to the day, in day order. */
  readonly chainedLists: readonly { readonly day: string; readonly list: string }[];
  /** The certified list as stored in the ledger. */
  readonly list: ExportedList | undefined;
  /** The recordings of the list that the certificate's day had itself; the same list unless an earlier one was shown again. */
  readonly ownRecordings: ReadonlySet<number>;
}

export type ReadExport = { readonly kind: 'valid'; readonly facts: LedgerFacts } | { readonly kind: 'invalid'; readonly reason: string };

/** Reads an export in one pass and collects what concerns the certificate. Rejects an export that is incomplete or changed by a single byte. */
export async function readExport(lines: AsyncIterable<Buffer>, certificate: CertificateFile): Promise<ReadExport> {
  const { day, playlist, entries } = certificate;
  const listDay = listDayOf(certificate);
  const ownRecordings = new Set<number>();
  const recordings = new Set(entries.map((entry) => entry.recordingId));
  const stays = new Map<number, ExportedStay>();
  const shown: LedgerFacts['appearances'][number][] = [];
  const chain = collectChain(playlist.id, listDay);
  const hash = createHash('sha256');
  const isOutOfOrder = createOrderCheck();
  let [count, head, list, hasEnded]: [number, Head | undefined, ExportedList | undefined, boolean] = [0, undefined, undefined, false];
  for await (const bytes of lines) {
    if (hasEnded) return invalid('The export has data after its last line.');
    const line = parseLine(bytes);
    if (!line) return invalid(unreadableReason(bytes, count));
    if ((line.kind === 'segue ledger export') !== (count === 0)) return invalid('The export does not begin with its header, or has two headers.');
    if (line.kind === 'end') {
      if (line.lines !== count) return invalid(`The export should have ${line.lines} lines but has ${count}: lines are missing or were added.`);
      if (line.sha256 !== hash.digest('hex')) return invalid('The seal of the export does not match: the export was changed.');
      hasEnded = true;
      continue;
    }
    hash.update(bytes);
    count += 1;
    if (line.kind === 'segue ledger export') head = line;
    chain.read(line);
    const isOwn = line.kind === 'list' && line.playlist === playlist.id && line.day === listDay;
    const isDuplicate = (line.kind === 'stay' && stays.has(line.id)) || (isOwn && list !== undefined);
    if (isDuplicate || isOutOfOrder(line)) return invalid(`Line ${count} of the export is out of order or duplicated.`);
    if (line.kind === 'stay' && recordings.has(line.recording)) stays.set(line.id, line);
    if (line.kind !== 'list') continue;
    if (isOwn) list = line;
    if (line.playlist === playlist.id && line.day === day) for (const [recording] of line.entries) ownRecordings.add(recording);
    const ownEntries = line.entries.filter(([recording]) => recordings.has(recording));
    shown.push(...ownEntries.map(([recording, , stay]) => ({ day: line.day, playlistIndex: line.index, recording, stay })));
  }
  if (!hasEnded || !head) return invalid('The export is truncated: its last line is missing.');
  return { kind: 'valid', facts: { head, stays, appearances: shown, chainedLists: chain.lists, list, ownRecordings } };
}

/** Collects the chain hash of each list of one playlist. Placements precede the lists that contain them. */
function collectChain(playlist: string, upTo: string) {
  const firstDays = new Map<number, string>();
  const lists: { day: string; list: string }[] = [];
  const read = (line: ExportLine): void => {
    if (line.kind === 'stay' && line.playlist === playlist) firstDays.set(line.id, line.firstDay);
    if (line.kind !== 'list' || line.playlist !== playlist || line.day > upTo) return;
    const entries = line.entries.map(([, trackId, placementId]) => ({ trackId, placementId, firstDay: firstDays.get(placementId) ?? '' }));
    lists.push({ day: line.day, list: createHash('sha256').update(chainedListText(entries)).digest('hex') });
  };
  return { lists, read };
}

/** Returns a function that reports a line out of order. Placements come before lists, and lists are sorted by day. */
function createOrderCheck() {
  let lastDay = '';
  return (line: ExportLine): boolean => {
    if (line.kind === 'stay') return lastDay !== '';
    if (line.kind !== 'list') return false;
    const isLate = line.day < lastDay;
    lastDay = line.day;
    return isLate;
  };
}

function unreadableReason(bytes: Buffer, before: number): string {
  const line = parseLoosely(bytes);
  if (before === 0 && line?.kind === 'segue freshness certificate')
    return 'This file is a certificate, not a ledger export. Swap the two file arguments.';
  if (before === 0 && line?.kind === 'segue ledger export' && line.version !== 1)
    return `The export has version ${String(line.version)}; this verifier reads version 1. Use the verifier of the Segue version that issued it.`;
  return `Line ${before + 1} of the export cannot be read: it was changed, or the file is not a ledger export.`;
}

function parseLoosely(bytes: Buffer): { kind?: unknown; version?: unknown } | undefined {
  try {
    return JSON.parse(bytes.toString('utf8')) ?? undefined;
  } catch {
    // A certificate spans many lines, so its first line alone is not JSON.
    return bytes.toString('utf8') === '{\n' ? { kind: 'segue freshness certificate' } : undefined;
  }
}

/** Undefined unless the line is byte for byte what Segue writes. */
function parseLine(bytes: Buffer): ExportLine | undefined {
  const text = bytes.toString('utf8');
  try {
    const parsed = exportLine.safeParse(JSON.parse(text));
    return parsed.success && `${JSON.stringify(parsed.data)}\n` === text ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function invalid(reason: string): ReadExport {
  return { kind: 'invalid', reason };
}
