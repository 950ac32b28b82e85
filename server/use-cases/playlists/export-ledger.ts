import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { readLedgerSince, streamLists, streamPlacements } from '#server/repos/curation/stream-ledger.ts';
import type { ExportLine, LedgerExportInput } from '#shared/contracts/playlists/certificate.ts';
import { createHash } from 'node:crypto';

/**
 * Streams the ledger of a range of days as JSON lines: a header, every placement whose repeat window overlaps the days, every list of the days, and a
 * last line with the number and the SHA-256 of the lines before it. With a certificate it verifies the freshness of a list offline.
 */
export async function* exportLedger(deps: Pick<Deps, 'stream' | 'now'>, actor: Actor, days: LedgerExportInput): AsyncGenerator<string> {
  requireAdmin(actor);
  const digest = createHash('sha256');
  let lines = 0;
  const write = (line: ExportLine): string => {
    const text = `${JSON.stringify(line)}\n`;
    digest.update(text);
    lines += 1;
    return text;
  };
  const ledgerSince = await readLedgerSince(deps.stream);
  yield write({ kind: 'segue ledger export', version: 1, from: days.from, to: days.to, ledgerSince, exportedAt: deps.now().toISOString() });
  for await (const stay of streamPlacements(deps.stream, days)) yield write(stay);
  for await (const list of streamLists(deps.stream, days)) yield write(list);
  yield `${JSON.stringify({ kind: 'end', lines, sha256: digest.digest('hex') } satisfies ExportLine)}\n`;
}
