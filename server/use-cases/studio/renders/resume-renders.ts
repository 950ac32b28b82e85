import type { Deps } from '#server/deps.ts';
import { listStrandedRenders, lockAdmission } from '#server/repos/studio/render-queue.ts';
import { STUDIO_VENDORS } from '#shared/vocabulary.ts';
import { admitRenders, enqueueRender } from './admit-renders.ts';

/** Adds the jobs of renders that hold a place but have lost their job, and fills free places. Returns how many renders got a job. */
export async function resumeRenders(deps: Pick<Deps, 'db' | 'now'>): Promise<number> {
  return deps.db.transaction(async (tx) => {
    await lockAdmission(tx);
    const stranded = await listStrandedRenders(tx);
    for (const id of stranded) await enqueueRender(tx, id);
    for (const vendor of STUDIO_VENDORS) await admitRenders(tx, vendor, deps.now());
    return stranded.length;
  });
}
