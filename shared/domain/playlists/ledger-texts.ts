import type { LedgerLine } from '#shared/contracts/playlists/ledger-export.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';

/** Input of a line's chain hash: the chain hash of the line before it (empty for the first) and the line as canonical JSON. */
export function ledgerChainText(previous: string, line: LedgerLine): string {
  return `${previous}\t${canonicalJson(line)}`;
}

/** Input of the digest that names a recording and its repeat scope in the public ledger. Without the salt nobody can try all recordings. */
export function publicStayText(stay: { readonly salt: string; readonly circle: string; readonly recordingId: number }): string {
  return [stay.salt, stay.circle, stay.recordingId].join('\t');
}

/** Input of the digest that stands for a list in the public ledger; `list` is the SHA-256 of `chainedListText`. */
export function publicListText({ salt, list }: { readonly salt: string; readonly list: string }): string {
  return [salt, list].join('\t');
}
