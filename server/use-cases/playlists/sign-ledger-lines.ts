import type { Signer } from '#server/use-cases/auth/signing/load-signer.ts';
import type { LedgerLine } from '#shared/contracts/playlists/ledger-export.ts';
import { ledgerChainText } from '#shared/domain/playlists/ledger-texts.ts';
import { createHash } from 'node:crypto';

/** Writes lines as text, each with its chain hash, and a signed last line with their number and the last chain hash. */
export async function* signLedgerLines(sign: Signer, lines: AsyncIterable<LedgerLine>): AsyncGenerator<string> {
  let [count, chain] = [0, ''];
  for await (const line of lines) {
    chain = createHash('sha256').update(ledgerChainText(chain, line)).digest('hex');
    count += 1;
    yield `${JSON.stringify({ ...line, chain })}\n`;
  }
  yield `${JSON.stringify(sign({ kind: 'end', lines: count, chain }))}\n`;
}
