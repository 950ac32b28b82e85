import type { Deps } from '#server/deps.ts';
import { listDigestsOfDay, listStaysPage, readLedgerSpan } from '#server/repos/playlists/public-ledger.ts';
import type { StayRow } from '#server/repos/playlists/public-ledger.ts';
import { loadSigner } from '#server/use-cases/auth/signing/load-signer.ts';
import type { SigningDeps } from '#server/use-cases/auth/signing/new-signing-key.ts';
import type { LedgerExportInput, LedgerLine, PublicStay } from '#shared/contracts/playlists/ledger-export.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { publicListText, publicStayText } from '#shared/domain/playlists/ledger-texts.ts';
import { createHash } from 'node:crypto';
import { loadPublicLedgerSalts } from './public-ledger-salts.ts';
import type { PublicLedgerSalts } from './public-ledger-salts.ts';
import { signLedgerLines } from './sign-ledger-lines.ts';

/** Rows of one query. Each page is a query of its own, so that a slow reader holds no database session. */
const PAGE = 2_000;

/**
 * Streams the public ledger of a range of days as signed JSON lines: placements and lists as salted digests, without playlists, tracks or names. A
 * certificate has the salts of its own entries, so it can be checked against it, and nothing can be learned about other playlists. Throws like
 * `loadSigner`.
 */
export async function* publishLedger(deps: SigningDeps, days: LedgerExportInput): AsyncGenerator<string> {
  const exportedAt = deps.now().toISOString();
  const [salts, sign] = await Promise.all([loadPublicLedgerSalts(deps), loadSigner(deps)]);
  yield* signLedgerLines(sign, linesOf(deps, { ...days, exportedAt, salts }));
}

type Request = LedgerExportInput & { readonly exportedAt: string; readonly salts: PublicLedgerSalts };

async function* linesOf({ db }: Pick<Deps, 'db'>, { from, to, exportedAt, salts }: Request): AsyncGenerator<LedgerLine> {
  const { since, firstList, lastList } = await readLedgerSpan(db, { from, to });
  yield { kind: 'segue public ledger', version: 2, from, to, ledgerSince: since, exportedAt };
  for (let after: string | undefined = '0'; after !== undefined;) {
    const rows: StayRow[] = await listStaysPage(db, { from, to, after, limit: PAGE });
    yield* rows.map((row) => toPublicStay(row, salts)).toSorted(byDigest);
    after = rows.at(-1)?.id;
  }
  if (firstList === null || lastList === null) return;
  for (let day = firstList; day <= lastList; day = addDays(day, 1)) {
    const lists = await listDigestsOfDay(db, day);
    const digests = lists.map(({ playlistId, list }) => sha256(publicListText({ salt: salts.ofList(playlistId, day), list })));
    yield* digests.toSorted().map((digest): LedgerLine => ({ kind: 'public list', day, digest }));
  }
}

function toPublicStay({ restScope: circle, recordingId, firstDay, lastDay, restDays }: StayRow, salts: PublicLedgerSalts): PublicStay {
  const digest = sha256(publicStayText({ salt: salts.ofRecording(circle, recordingId), circle, recordingId }));
  return { kind: 'public stay', digest, firstDay, lastDay, restDays };
}

/** The order of the rows would show which placements belong to one list. */
function byDigest(a: PublicStay, b: PublicStay): number {
  if (a.digest === b.digest) return a.firstDay < b.firstDay ? -1 : 1;
  return a.digest < b.digest ? -1 : 1;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
