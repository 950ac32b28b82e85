import type { Deps } from '#server/deps.ts';
import { settleUnseen, recordFinding } from '#server/repos/sync/remote-findings.ts';
import { listReconciledAccounts, listReplicasOf, markReplicaLost } from '#server/repos/sync/replicas.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { Report } from '#server/use-cases/operations/jobs/track-run.ts';
import { compareWithLedger } from '#shared/domain/sync/reconcile.ts';
import type { RemoteSight } from '#shared/domain/sync/reconcile.ts';
import { AppError } from '#shared/errors.ts';
import { replicaId, spotifyPlaylistId } from '#shared/ids.ts';
import { applyUnfollows } from '../apply/apply-unfollows.ts';
import { planUnfollow } from '../plan/plan-unfollow.ts';
import { reachAccount } from '../plan/reach-account.ts';
import { isRateLimit, UNEXPECTED } from '../apply/sync-errors.ts';
import { walkAccounts } from '../plan/walk-accounts.ts';

interface Reconciled {
  readonly found: number;
  readonly unfollowed: number;
  /** One sentence for the operator. */
  readonly outcome: string;
}

type Account = SyncTarget['account'];

/**
 * Compares every account's list with the ledger: several playlists of one mark, marks without a row, rows without a playlist. Keeps what it
 * finds, plans the removal of what is surely superfluous, and removes by itself only as many a day as the settings allow (none unless said).
 */
export async function reconcilePlaylists(deps: Deps, { signal }: { signal: AbortSignal }, report: Report = async () => {}): Promise<Reconciled> {
  const accounts = await listReconciledAccounts(deps.db);
  const passedOver: string[] = [];
  let [found, done] = [0, 0];
  const visit = async ({ account }: { account: Account }): Promise<void> => {
    await report({ doing: `Looking at ${account.displayName}`, done, total: accounts.length, failures: passedOver.length });
    try {
      found += await reconcileAccount(deps, account, signal);
    } catch (error) {
      if (signal.aborted || isRateLimit(error)) throw error;
      if (!(error instanceof AppError)) deps.log.error('an account could not be compared', { accountId: account.id, error });
      passedOver.push(`${account.displayName}: ${error instanceof AppError ? error.message : UNEXPECTED}`);
    }
    done += 1;
  };
  await walkAccounts(
    accounts.map((account) => ({ account })),
    visit,
    signal,
  );
  const unfollowed = await applyUnfollows(deps, signal);
  await report({ done, total: accounts.length, failures: passedOver.length });
  return { found, unfollowed, outcome: sentence({ accounts: accounts.length, found, unfollowed, passedOver }) };
}

async function reconcileAccount(deps: Deps, account: Account, signal: AbortSignal): Promise<number> {
  const remote = reachAccount(deps, account, signal);
  // The rows first: a playlist made meanwhile is then on the list and not in the rows, instead of missing.
  const replicas = await listReplicasOf(deps.db, account.id);
  const at = deps.now();
  const sights = compareWithLedger(await remote.list(), replicas);
  const missing = sights.filter(({ kind }) => kind === 'missing');
  // One list may be an old one; two that agree are believed.
  const stillMissing = missing.length === 0 ? [] : compareWithLedger(await remote.list(), replicas).filter(({ kind }) => kind === 'missing');
  const believed = new Set(stillMissing.map((sight) => sight.spotifyPlaylistId));
  const findings = sights.filter((sight) => sight.kind !== 'missing' || believed.has(sight.spotifyPlaylistId));
  for (const sight of findings) await keep(deps, { account, sight, at });
  await settleUnseen(deps.db, account.id, at);
  for (const sight of findings) {
    if (sight.kind !== 'missing' && sight.replicaId !== null) await planUnfollow(deps, { account, sight, signal });
  }
  return findings.length;
}

async function keep(deps: Pick<Deps, 'db'>, { account, sight, at }: { account: Account; sight: RemoteSight; at: Date }): Promise<void> {
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

function sentence(run: { accounts: number; found: number; unfollowed: number; passedOver: readonly string[] }): string {
  const parts = [
    `${run.accounts} ${run.accounts === 1 ? 'account' : 'accounts'} compared with the ledger`,
    run.found === 0 ? 'nothing to settle' : `${run.found} to settle`,
    run.unfollowed > 0 ? `${run.unfollowed} taken off` : '',
    run.passedOver.length > 0 ? `${run.passedOver.length} passed over (${run.passedOver[0]})` : '',
  ];
  return `${parts.filter((part) => part !== '').join(', ')}.`;
}
