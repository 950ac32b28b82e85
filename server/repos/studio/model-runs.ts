import type { Db } from '#server/repos/database.ts';
import { sql } from 'drizzle-orm';

/** How many of a model's runs count. */
const RUNS = 10;

/** How long the last ten runs of each model took, from the request to the stored file, in seconds, newest first. A model without runs is missing. */
export async function listRecentRuns(db: Db, models: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = await db.execute<{ model: string; seconds: number[] }>(sql`
    select m.model, array_agg(run.seconds order by run.finished_at desc) as seconds
    from unnest(${sql.param(models)}::text[]) as m(model)
      cross join lateral (
        select finished_at, extract(epoch from finished_at - intended_at)::float8 as seconds from renders
        where model = m.model and state = 'done' order by finished_at desc limit ${RUNS}) run
    group by m.model`);
  return new Map(found.rows.map(({ model, seconds }) => [model, seconds]));
}
