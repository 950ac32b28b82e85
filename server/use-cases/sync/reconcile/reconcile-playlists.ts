import type { Deps } from '#server/deps.ts';
import { listOwnMarkers } from '#server/repos/sync/own-playlists.ts';
import { resolveUnseen, recordFinding } from '#server/repos/sync/remote-findings.ts';
import { listReconciledAccounts, listReplicasOf, markReplicaLost } from '#server/repos/sync/replicas.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { Report } from '#server/use-cases/progress.ts';
import { compareWithLedger } from '#shared/domain/sync/reconcile.ts';
import type { RemoteFinding } from '#shared/domain/sync/reconcile.ts';
import { findMarker } from '#shared/domain/sync/replica-marker.ts';
import { AppError } from '#shared/errors.ts';
import { replicaId, spotifyPlaylistId } from '#shared/ids.ts';
import { applyUnfollows } from '../apply/apply-unfollows.ts';
import { planUnfollow } from '../plan/plan-unfollow.ts';
import { openAccountPlaylists } from '../plan/account-playlists.ts';
import { isRateLimit, UNEXPECTED_ERROR_TEXT } from '../apply/sync-errors.ts';
import { walkAccounts } from '../plan/walk-accounts.ts';

interface Reconciled {
  readonly found: number;
  readonly unfollowed: number;
  /** One sentence for the operator. */
  readonly outcome: string;
}

type Account = SyncTarget['account'];

/**
 * Compares every account's playlists with the ledger and stores the findings: several playlists with one marker, markers without a row, rows without
 * a playlist. Plans the removal of surplus playlists, and removes only as many a day as the settings allow (default 0).
 */
export async function reconcilePlaylists(deps: Deps, { signal }: { signal: AbortSignal }, report: Report = async () => {}): Promise<Reconciled> {
  const accounts = await listReconciledAccounts(deps.db);
  const skipped: string[] = [];
  let [found, done] = [0, 0];
  const visit = async ({ account }: { account: Account }): Promise<void> => {
    await report({ doing: `Checking ${account.displayName}`, done, total: accounts.length, failures: skipped.length });
    try {
      found += await reconcileAccount(deps, account, signal);
    } catch (error) {
      if (signal.aborted || isRateLimit(error)) throw error;
      if (!(error instanceof AppError)) deps.log.error('an account could not be compared', { accountId: account.id, error });
      skipped.push(`${account.displayName}: ${error instanceof AppError ? error.message : UNEXPECTED_ERROR_TEXT}`);
    }
    done += 1;
  };
  await walkAccounts(
    accounts.map((account) => ({ account })),
    visit,
    signal,
  );
  const unfollowed = await applyUnfollows(deps, signal);
  await report({ done, total: accounts.length, failures: skipped.length });
  return { found, unfollowed, outcome: sentence({ accounts: accounts.length, found, unfollowed, skipped }) };
}

async function reconcileAccount(deps: Deps, account: Account, signal: AbortSignal): Promise<number> {
  const remote = openAccountPlaylists(deps, account, signal);
  // Read the rows first: a playlist created in the meantime is then in the list but not in the rows, instead of reported as missing.
  const replicas = await listReplicasOf(deps.db, account.id);
  // A person's own playlists on their account are none of the network's.
  const own = await listOwnMarkers(deps.db, account.id);
  const list = async () => (await remote.list()).filter(({ description }) => !own.has(findMarker(description) ?? ''));
  const at = deps.now();
  const sights = compareWithLedger(await list(), replicas);
  const missing = sights.filter(({ kind }) => kind === 'missing');
  // One list may be stale; a playlist is missing only when two lists agree.
  const stillMissing = missing.length === 0 ? [] : compareWithLedger(await list(), replicas).filter(({ kind }) => kind === 'missing');
  const confirmed = new Set(stillMissing.map((sight) => sight.spotifyPlaylistId));
  const findings = sights.filter((sight) => sight.kind !== 'missing' || confirmed.has(sight.spotifyPlaylistId));
  for (const sight of findings) await storeFinding(deps, { account, sight, at });
  await resolveUnseen(deps.db, account.id, at);
  for (const sight of findings) {
    if (sight.kind !== 'missing' && sight.replicaId !== null) await planUnfollow(deps, { account, sight, signal });
  }
  return findings.length;
}

async function storeFinding(deps: Pick<Deps, 'db'>, { account, sight, at }: { account: Account; sight: RemoteFinding; at: Date }): Promise<void> {
  const id = sight.replicaId === null ? null : replicaId.parse(sight.replicaId);
  await deps.db.transaction(async (tx) => {
    await recordFinding(
      tx,
      { ...sight, accountId: account.id, replicaId: id, spotifyPlaylistId: spotifyPlaylistId.parse(sight.spotifyPlaylistId) },
      at,
    );
    if (sight.kind === 'missing' && id !== null) await markReplicaLost(tx, id, at);
  });
}

function sentence(run: { accounts: number; found: number; unfollowed: number; skipped: readonly string[] }): string {
  const parts = [
    `${run.accounts} ${run.accounts === 1 ? 'account' : 'accounts'} compared with the ledger`,
    run.found === 0 ? 'nothing to resolve' : `${run.found} to resolve`,
    run.unfollowed > 0 ? `${run.unfollowed} removed` : '',
    run.skipped.length > 0 ? `${run.skipped.length} passed over (${run.skipped[0]})` : '',
  ];
  return `${parts.filter((part) => part !== '').join(', ')}.`;
}
