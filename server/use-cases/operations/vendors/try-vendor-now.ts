import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { makeProbeDue } from '#server/repos/limits/vendor-breakers.ts';
import type { TryVendorInput, TryVendorReceipt } from '#shared/contracts/operations/vendors.ts';
import { AppError } from '#shared/errors.ts';

/**
 * Ends a breaker's wait, so that the next request probes the vendor now; the others follow only if it succeeds. Throws `not_found` for an unknown
 * breaker, `conflict` for one that is closed, being probed, or a quota, where a request could do harm.
 */
export async function tryVendorNow(
  deps: Pick<Deps, 'db' | 'now' | 'newId' | 'vendors'>,
  actor: Actor,
  { breaker }: TryVendorInput,
): Promise<TryVendorReceipt> {
  requireAdmin(actor);
  const facts = deps.vendors
    .flatMap((vendor) => vendor.breakers.map((one) => ({ ...one, vendorName: vendor.name })))
    .find((one) => one.key === breaker);
  if (!facts) throw new AppError('not_found', { message: 'This breaker does not exist.', remedy: 'Reload the list of vendors.', field: 'breaker' });
  if (facts.isQuota) {
    throw new AppError('conflict', {
      message: `${facts.vendorName} counts this quota by day; a request before it ends can extend the pause.`,
      remedy: 'Segue tries again automatically at the time shown.',
    });
  }
  await deps.db.transaction(async (tx) => {
    const due = await makeProbeDue(tx, breaker, deps.now());
    if (!due) throw new AppError('conflict', { message: `${facts.vendorName} is already being tried.`, remedy: 'You don’t need to do anything.' });
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at: deps.now(),
      actor: actorName(actor),
      action: 'vendor_tried',
      subject: `breaker:${breaker}`,
      detail: due.why,
    });
  });
  return { message: `The next request checks whether ${facts.vendorName} is up; the others follow if it answers.` };
}
