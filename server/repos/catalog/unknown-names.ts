import { sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';

export interface UnknownNames extends Record<string, unknown> {
  readonly familyId: string;
  readonly policyName: string;
  readonly sentence: string;
  readonly playlists: number;
}

/** Names in policies that the catalog did not have when the day's lists were made, by policy. */
export async function listUnknownNames(db: Db, day: string): Promise<UnknownNames[]> {
  const found = await db.execute<UnknownNames>(sql`
    select c.family_id as "familyId", c.name as "policyName", n.sentence, count(*)::int as playlists
    from snapshots s join curation_policies c on c.id = s.policy_id cross join jsonb_array_elements_text(s.report->'unknownNames') n(sentence)
    where s.batch_tag = ${day}::date and s.report ? 'unknownNames' group by 1, 2, 3 order by 2, 3`);
  return found.rows;
}
