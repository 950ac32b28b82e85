import type { Deps } from '#server/deps.ts';
import { findDryRunOf, supersedeDryRun } from '#server/repos/sync/dry-runs.ts';
import type { DryRunRow } from '#server/repos/sync/dry-runs.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { DryRunBody } from '#shared/contracts/sync/dry-run.ts';
import { blastRadiusExceeded } from '#shared/domain/sync/dry-run-risk.ts';
import { forecastDay } from './forecast-day.ts';
import { reckonDay, storeDryRun } from './store-dry-run.ts';

/** Whether a day may go out by itself, with what was reckoned. */
export type Verdict =
  | { readonly kind: 'goes'; readonly limits: { readonly handEditedShare: number } }
  | { readonly kind: 'waits'; readonly waiting: DryRunRow | undefined; readonly exceeds: readonly string[] };

/**
 * Reckons from the last receipts what the day will change, without asking Spotify. Within the blast radius it goes, and the first reckoning
 * of a day is kept; above it waits for a person, unless a person approved as much of that day.
 */
export async function judgeDay(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'settings' | 'vendors'>,
  { day, targets, withoutRoom }: { day: string; targets: readonly SyncTarget[]; withoutRoom: readonly number[] },
): Promise<Verdict> {
  const { sync: limits } = await readNetworkSettings(deps.db);
  const lines = await forecastDay(deps, day, targets);
  const body = reckonDay(deps, { day, basis: 'receipts', targets, lines, withoutRoom }, limits);
  const before = await findDryRunOf(deps.db, day);
  if (body.exceeds.length > 0 && !(before?.status === 'approved' && isWithin(body, before.body))) {
    return { kind: 'waits', waiting: before?.status === 'waiting' ? before : undefined, exceeds: body.exceeds };
  }
  // Raised limits end the waiting, and the note about it on Today; hands that it waited for are counted when they are met again.
  if (before?.status === 'waiting' && blastRadiusExceeded(before.body, limits).length === 0) await supersedeDryRun(deps.db, before.id);
  if (!before && body.changed > 0) await storeDryRun(deps, body, { status: 'within', plannedBy: 'system' });
  return { kind: 'goes', limits };
}

/** What was approved covers what is left of it. */
function isWithin(left: DryRunBody, approved: DryRunBody): boolean {
  return left.creates <= approved.creates && left.tracks.adds <= approved.tracks.adds && left.renames <= approved.renames;
}
