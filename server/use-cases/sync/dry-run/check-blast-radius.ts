import type { Deps } from '#server/deps.ts';
import { findDryRunOf, supersedeDryRun } from '#server/repos/sync/dry-runs.ts';
import type { DryRunRow } from '#server/repos/sync/dry-runs.ts';
import { readNetworkSettings } from '#server/repos/network-settings.ts';
import type { SyncTarget } from '#server/repos/sync/replicas.ts';
import type { DryRunBody } from '#shared/contracts/sync/dry-run.ts';
import { blastRadiusExceeded } from '#shared/domain/sync/dry-run-risk.ts';
import { forecastDay } from './forecast-day.ts';
import { summarizeDryRun, storeDryRun } from './store-dry-run.ts';

/** Whether a day may be applied automatically. `waits`: it exceeds the auto-apply limits and needs approval. */
export type BlastRadiusCheck =
  | { readonly kind: 'goes'; readonly limits: { readonly handEditedShare: number } }
  | { readonly kind: 'waits'; readonly waiting: DryRunRow | undefined; readonly exceeds: readonly string[] };

/**
 * Estimates the day's changes from the last receipts, without asking Spotify. A day within the auto-apply limits is applied, and its first estimate
 * is stored; a day above them waits for approval, unless a dry run that covers it was already approved.
 */
export async function checkBlastRadius(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'settings' | 'vendors'>,
  { day, targets, withoutAccount }: { day: string; targets: readonly SyncTarget[]; withoutAccount: readonly number[] },
): Promise<BlastRadiusCheck> {
  const { sync: limits } = await readNetworkSettings(deps.db);
  const lines = await forecastDay(deps, day, targets);
  const body = summarizeDryRun(deps, { day, basis: 'receipts', targets, lines, withoutAccount }, limits);
  const before = await findDryRunOf(deps.db, day);
  if (body.exceeds.length > 0 && !(before?.status === 'approved' && isWithin(body, before.body))) {
    return { kind: 'waits', waiting: before?.status === 'waiting' ? before : undefined, exceeds: body.exceeds };
  }
  // Raised limits end the wait and its alert. Manual edits that it waited for are counted again when they are found again.
  if (before?.status === 'waiting' && blastRadiusExceeded(before.body, limits).length === 0) await supersedeDryRun(deps.db, before.id);
  if (!before && body.changed > 0) await storeDryRun(deps, body, { status: 'within', plannedBy: 'system' });
  return { kind: 'goes', limits };
}

/** Whether the approved dry run covers what is left of the day. */
function isWithin(left: DryRunBody, approved: DryRunBody): boolean {
  return left.creates <= approved.creates && left.tracks.adds <= approved.tracks.adds && left.renames <= approved.renames;
}
