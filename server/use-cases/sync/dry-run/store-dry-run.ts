import type { Deps } from '#server/deps.ts';
import { insertDryRun } from '#server/repos/sync/dry-runs.ts';
import type { DryRunRow } from '#server/repos/sync/dry-runs.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { DryRunBody, DryRunLine } from '#shared/contracts/sync/dry-run.ts';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import { buildDryRunBody } from '#shared/domain/sync/dry-run.ts';
import { sha256 } from '../plan/plan-hash.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { groupByAccount } from '../plan/walk-accounts.ts';
import { whyUnavailable } from '../plan/why-unavailable.ts';

interface PlannedLines {
  readonly day: string;
  readonly basis: DryRunBody['basis'];
  readonly targets: readonly SyncTarget[];
  readonly lines: ReadonlyMap<SyncTarget, DryRunLine>;
  readonly withoutAccount: readonly number[];
}

/** Summarizes a day's changes at the current budgets and limits. */
export function summarizeDryRun(deps: Pick<Deps, 'vendors'>, day: PlannedLines, limits: NetworkSettings['sync']): DryRunBody {
  const accounts = groupByAccount(day.targets).map((group) => ({
    accountId: group[0]?.account.id ?? '',
    account: group[0]?.account.displayName ?? '',
    requestsPerMinute: group[0]?.account.requestsPerMinute ?? null,
    problem: group[0] ? (whyUnavailable(group[0].account) ?? null) : null,
    standing: group.filter(({ replica }) => replica.spotifyPlaylistId !== null).length,
    lines: group.flatMap((target) => day.lines.get(target) ?? []),
  }));
  return buildDryRunBody({
    day: day.day,
    basis: day.basis,
    accounts,
    limits,
    unfollows: 0,
    appPerMinute: deps.vendors.find(({ vendor }) => vendor === 'spotify')?.requestsPerMinute ?? undefined,
    withoutRoom: day.withoutAccount.length,
  });
}

/** Stores a dry run under the hash that approves it. */
export async function storeDryRun(
  deps: Pick<Deps, 'db' | 'now' | 'newId'>,
  body: DryRunBody,
  { status, plannedBy }: { status: 'within' | 'waiting'; plannedBy: string },
): Promise<DryRunRow> {
  const row = {
    id: deps.newId(),
    day: body.day,
    hash: sha256(canonicalJson(body)),
    status,
    body,
    plannedBy,
    plannedAt: deps.now(),
    approvedBy: null,
    approvedAt: null,
  };
  await deps.db.transaction((tx) => insertDryRun(tx, row));
  return row;
}
