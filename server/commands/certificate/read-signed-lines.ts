import { ledgerEnd, ledgerLine, lineChain } from '#shared/contracts/playlists/ledger-export.ts';
import type { LedgerLine } from '#shared/contracts/playlists/ledger-export.ts';
import { ledgerChainText } from '#shared/domain/playlists/ledger-texts.ts';
import { z } from 'zod';
import { sha256 } from './read-certificate.ts';
import { checkSignature } from './trusted-keys.ts';
import type { TrustedKey } from './trusted-keys.ts';

export type LedgerHead = Extract<LedgerLine, { readonly exportedAt: string }>;

export type ReadLines =
  /** `key` is the fingerprint of the key that signed the export. */
  { readonly kind: 'signed'; readonly head: LedgerHead; readonly key: string } | { readonly kind: 'invalid'; readonly reason: string };

interface Reading {
  readonly trusted: readonly TrustedKey[];
  /** Receives each line after the first, and returns why the line is refused, if it is. */
  readonly read: (line: LedgerLine, head: LedgerHead) => string | undefined;
}

/**
 * Reads an export in one pass: every line byte for byte as Segue writes it, the chain without a gap, and a last line signed by a trusted key. Whatever
 * `read` collected counts only when the result is `signed`, because the signature comes last.
 */
export async function readSignedLines(lines: AsyncIterable<Buffer>, { trusted, read }: Reading): Promise<ReadLines> {
  let [count, chain]: [number, string] = [0, ''];
  let [head, key]: [LedgerHead | undefined, string | undefined] = [undefined, undefined];
  for await (const bytes of lines) {
    if (key !== undefined) return invalid('The export has data after its last line.');
    const parsed = parseLine(bytes);
    if (!parsed) return invalid(unreadableReason(bytes, count));
    if (parsed.kind === 'end') {
      if (!head) return invalid('The export does not begin with its header, or has two headers.');
      const { end } = parsed;
      if (end.lines !== count) return invalid(`The export should have ${end.lines} lines but has ${count}: lines are missing or were added.`);
      if (end.chain !== chain) return invalid('The chain of the export does not match: the export was changed.');
      const signature = checkSignature('the export', end, { trusted, at: head.exportedAt });
      if (signature.kind === 'refused') return invalid(signature.reason);
      ({ key } = signature);
      continue;
    }
    const { line } = parsed;
    chain = sha256(ledgerChainText(chain, line));
    count += 1;
    if (parsed.chain !== chain) return invalid(`The chain breaks at line ${count} of the export: the export was changed.`);
    if ('exportedAt' in line !== (count === 1)) return invalid('The export does not begin with its header, or has two headers.');
    if ('exportedAt' in line) head = line;
    const refusal = head && head !== line ? read(line, head) : undefined;
    if (refusal !== undefined) return invalid(`Line ${count} of the export ${refusal}.`);
  }
  if (key === undefined || !head) return invalid('The export is truncated: its last line is missing.');
  return { kind: 'signed', head, key };
}

const chainedLine = z.looseObject({ chain: lineChain });

/** Undefined unless the line is byte for byte what Segue writes. */
function parseLine(bytes: Buffer) {
  const text = bytes.toString('utf8');
  try {
    const json: unknown = JSON.parse(text);
    const end = ledgerEnd.safeParse(json).data;
    if (end) return `${JSON.stringify(end)}\n` === text ? ({ kind: 'end', end } as const) : undefined;
    const { chain, ...content } = chainedLine.parse(json);
    const line = ledgerLine.parse(content);
    return `${JSON.stringify({ ...line, chain })}\n` === text ? ({ kind: 'line', line, chain } as const) : undefined;
  } catch {
    return undefined;
  }
}

const HEADS: readonly unknown[] = ['segue ledger export', 'segue public ledger'];

function unreadableReason(bytes: Buffer, before: number): string {
  const line = parseLoosely(bytes);
  if (before === 0 && line?.kind === 'segue freshness certificate')
    return 'This file is a certificate, not a ledger export. Swap the two file arguments.';
  if (before === 0 && line?.kind === 'segue ledger export' && line.version === 1)
    return 'The export was made before exports were signed (version 1). Export the ledger again.';
  if (before === 0 && HEADS.includes(line?.kind) && line?.version !== 2)
    return `The export has version ${String(line?.version)}; this verifier reads version 2. Use the verifier of the Segue version that issued it.`;
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

function invalid(reason: string): ReadLines {
  return { kind: 'invalid', reason };
}
