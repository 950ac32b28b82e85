import { enqueueJob } from '#server/repos/job-queue.ts';
import type { Db } from '#server/repos/database.ts';
import { admitNextRender } from '#server/repos/studio/render-queue.ts';
import { placesOf } from '#shared/domain/studio/render-places.ts';
import type { RenderId } from '#shared/ids.ts';
import type { StudioVendor } from '#shared/vocabulary.ts';

/**
 * Gives the free places of a vendor to the next in line and adds their jobs. Call it in every transaction that adds a render or finishes one, after
 * `lockAdmission`: so a job exists exactly for the renders that hold a place.
 */
export async function admitRenders(tx: Db, vendor: StudioVendor, at: Date): Promise<void> {
  const places = placesOf(vendor);
  for (let next = await admitNextRender(tx, { vendor, ...places, at }); next; next = await admitNextRender(tx, { vendor, ...places, at }))
    await enqueueRender(tx, next);
}

/** Adds the job of an admitted render. */
export function enqueueRender(db: Db, renderId: RenderId): Promise<void> {
  return enqueueJob(db, 'run-render', { payload: { renderId }, key: `render:${renderId}` });
}
