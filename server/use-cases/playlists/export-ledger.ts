import type { Actor } from '#server/actor.ts';
import { requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { readLedgerSince, streamLists, streamPlacements } from '#server/repos/curation/stream-ledger.ts';
import { loadSigner } from '#server/use-cases/auth/signing/load-signer.ts';
import type { SigningDeps } from '#server/use-cases/auth/signing/new-signing-key.ts';
import type { LedgerExportInput, LedgerLine } from '#shared/contracts/playlists/ledger-export.ts';
import { signLedgerLines } from './sign-ledger-lines.ts';

/**
 * Streams the ledger of a range of days as signed JSON lines: a header, every placement whose repeat window overlaps the days, every list of the days,
 * and a signed last line. With a certificate it verifies the freshness of a list offline. Throws like `requireAdmin` and `loadSigner`.
 */
export async function* exportLedger(deps: SigningDeps & Pick<Deps, 'stream'>, actor: Actor, days: LedgerExportInput): AsyncGenerator<string> {
  requireAdmin(actor);
  const exportedAt = deps.now().toISOString();
  yield* signLedgerLines(await loadSigner(deps), linesOf(deps, days, exportedAt));
}

async function* linesOf({ stream }: Pick<Deps, 'stream'>, { from, to }: LedgerExportInput, exportedAt: string): AsyncGenerator<LedgerLine> {
  const ledgerSince = await readLedgerSince(stream);
  yield { kind: 'segue ledger export', version: 2, from, to, ledgerSince, exportedAt };
  yield* streamPlacements(stream, { from, to });
  yield* streamLists(stream, { from, to });
}
