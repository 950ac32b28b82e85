import { exportLine } from '#shared/contracts/playlists/certificate.ts';
import type { CertificateFile, ExportedList, ExportedStay, ExportLine } from '#shared/contracts/playlists/certificate.ts';
import { chainedListText } from '#shared/domain/playlists/certificate.ts';
import { createHash } from 'node:crypto';

type Head = Extract<ExportLine, { kind: 'segue ledger export' }>;

/** What an export of the ledger says of a certificate's recordings, and of its list. */
export interface LedgerFacts {
  readonly head: Head;
  /** Every stay of one of the recordings, by its number. */
  readonly stays: ReadonlyMap<number, ExportedStay>;
  /** Days on which one of the recordings stood in a list. */
  readonly shown: readonly { readonly day: string; readonly playlistIndex: number; readonly recording: number; readonly stay: number }[];
  /** What each list of the playlist up to the day counts for in its chain, in the order of the days. */
  readonly chained: readonly { readonly day: string; readonly list: string }[];
  /** The list that was certified, as the ledger has it. */
  readonly list: ExportedList | undefined;
}

export type ReadExport = { readonly kind: 'sound'; readonly facts: LedgerFacts } | { readonly kind: 'refused'; readonly reason: string };

/** Reads an export from beginning to end in one pass, keeps what concerns the certificate, and refuses one that is not whole to the byte. */
export async function readExport(lines: AsyncIterable<Buffer>, { day, playlist, entries }: CertificateFile): Promise<ReadExport> {
  const recordings = new Set(entries.map((entry) => entry.recordingId));
  const stays = new Map<number, ExportedStay>();
  const shown: LedgerFacts['shown'][number][] = [];
  const chain = followChain(playlist.id, day);
  const sealing = createHash('sha256');
  const outOfOrder = watchOrder();
  let [count, head, list, isOver]: [number, Head | undefined, ExportedList | undefined, boolean] = [0, undefined, undefined, false];
  for await (const bytes of lines) {
    if (isOver) return refused('Something stands behind the end of the export.');
    const line = parseLine(bytes);
    if (!line) return refused(unreadable(bytes, count));
    if ((line.kind === 'segue ledger export') !== (count === 0)) return refused('The export does not begin with its head, or has two of them.');
    if (line.kind === 'end') {
      if (line.lines !== count) return refused(`The export should have ${line.lines} lines and has ${count}: lines are missing or were added.`);
      if (line.sha256 !== sealing.digest('hex')) return refused('The seal of the export does not fit: something in it was changed.');
      isOver = true;
      continue;
    }
    sealing.update(bytes);
    count += 1;
    if (line.kind === 'segue ledger export') head = line;
    chain.read(line);
    const isOwn = line.kind === 'list' && line.playlist === playlist.id && line.day === day;
    const isTwice = (line.kind === 'stay' && stays.has(line.id)) || (isOwn && list !== undefined);
    if (isTwice || outOfOrder(line)) return refused(`Line ${count} of the export is not in its place, or stands there for the second time.`);
    if (line.kind === 'stay' && recordings.has(line.recording)) stays.set(line.id, line);
    if (line.kind !== 'list') continue;
    if (isOwn) list = line;
    const found = line.entries.filter(([recording]) => recordings.has(recording));
    shown.push(...found.map(([recording, , stay]) => ({ day: line.day, playlistIndex: line.index, recording, stay })));
  }
  if (!isOver || !head) return refused('The export ends too early: its last line is missing.');
  return { kind: 'sound', facts: { head, stays, shown, chained: chain.lists, list } };
}

/** Gathers what the lists of one playlist count for in its chain; a stay stands before the lists that it is a day of. */
function followChain(playlist: string, upTo: string) {
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

/** Stays come before lists, and the lists of a day before those of the next. */
function watchOrder() {
  let lastDay = '';
  return (line: ExportLine): boolean => {
    if (line.kind === 'stay') return lastDay !== '';
    if (line.kind !== 'list') return false;
    const isLate = line.day < lastDay;
    lastDay = line.day;
    return isLate;
  };
}

function unreadable(bytes: Buffer, before: number): string {
  const line = looselyParsed(bytes);
  if (before === 0 && line?.kind === 'segue freshness certificate')
    return 'This is a certificate, not an export of a ledger: name the two files the other way round.';
  if (before === 0 && line?.kind === 'segue ledger export' && line.version !== 1)
    return `The export is of version ${String(line.version)}, and this check reads version 1: use the check of the house that it comes from.`;
  return `Line ${before + 1} of the export cannot be read: it was changed, or it is no export of a ledger.`;
}

function looselyParsed(bytes: Buffer): { kind?: unknown; version?: unknown } | undefined {
  try {
    return JSON.parse(bytes.toString('utf8')) ?? undefined;
  } catch {
    // A certificate stands on many lines.
    return bytes.toString('utf8') === '{\n' ? { kind: 'segue freshness certificate' } : undefined;
  }
}

/** Only what is written exactly as the house writes it is read. */
function parseLine(bytes: Buffer): ExportLine | undefined {
  const text = bytes.toString('utf8');
  try {
    const parsed = exportLine.safeParse(JSON.parse(text));
    return parsed.success && `${JSON.stringify(parsed.data)}\n` === text ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function refused(reason: string): ReadExport {
  return { kind: 'refused', reason };
}
