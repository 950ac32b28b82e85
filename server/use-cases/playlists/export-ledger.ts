import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { readLedgerSince, streamLists, streamStays } from '#server/repos/curation/stream-ledger.ts';
import type { ExportLine, LedgerExportInput } from '#shared/contracts/playlists/certificate.ts';
import { createHash } from 'node:crypto';

/**
 * The ledger of some days as lines of JSON: a head, every stay whose rest reaches into the days, every list of them, and an end that counts and
 * seals what stands before. Streamed; together with a certificate it proves the freshness of a list without this house.
 */
export async function* exportLedger(deps: Pick<Deps, 'stream' | 'now'>, actor: Actor, days: LedgerExportInput): AsyncGenerator<string> {
  requireAdmin(actor);
  const sealing = createHash('sha256');
  let lines = 0;
  const write = (line: ExportLine): string => {
    const text = `${JSON.stringify(line)}\n`;
    sealing.update(text);
    lines += 1;
    return text;
  };
  const ledgerSince = await readLedgerSince(deps.stream);
  yield write({ kind: 'segue ledger export', version: 1, from: days.from, to: days.to, ledgerSince, exportedAt: deps.now().toISOString() });
  for await (const stay of streamStays(deps.stream, days)) yield write(stay);
  for await (const list of streamLists(deps.stream, days)) yield write(list);
  yield `${JSON.stringify({ kind: 'end', lines, sha256: sealing.digest('hex') } satisfies ExportLine)}\n`;
}
