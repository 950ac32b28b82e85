import type { Actor } from '#server/actor.ts';
import { actorName, requireAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { bringProbeForward } from '#server/repos/limits/vendor-breakers.ts';
import type { TryVendorInput, TryVendorReceipt } from '#shared/contracts/operations/vendors.ts';
import { AppError } from '#shared/errors.ts';

/**
 * Lets the next request try at once whether a vendor is back, instead of at the end of its pause: one request, and only if it is answered do the others
 * follow. Throws `not_found` for a breaker that the house does not have, `conflict` where it is closed anyway and where asking would do harm.
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
  if (!facts)
    throw new AppError('not_found', { message: 'There is no such breaker here.', remedy: 'Look at the list of vendors.', field: 'breaker' });
  if (facts.isQuota) {
    throw new AppError('conflict', {
      message: `${facts.vendorName} counts this quota by the day, and asking before it ends can make it longer.`,
      remedy: 'It is tried again by itself at the time shown.',
    });
  }
  await deps.db.transaction(async (tx) => {
    const due = await bringProbeForward(tx, breaker, deps.now());
    if (!due) throw new AppError('conflict', { message: `${facts.vendorName} is being asked already.`, remedy: 'Nothing has to be done.' });
    await insertAuditEntry(tx, {
      id: deps.newId(),
      at: deps.now(),
      actor: actorName(actor),
      action: 'vendor_tried',
      subject: `breaker:${breaker}`,
      detail: due.why,
    });
  });
  return { says: `The next request tries whether ${facts.vendorName} is back; the others follow if it answers.` };
}
