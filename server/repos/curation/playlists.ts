import { curationPolicies, playlists } from '#drizzle/schema/index.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import type { PlaylistId, PolicyId } from '#shared/ids.ts';
import { asc, desc, eq, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';
import { readStoredPolicy, readStoredRest } from '#server/repos/policies/stored-policy.ts';

export interface CuratedPlaylist {
  readonly id: PlaylistId;
  readonly globalIndex: number;
  readonly themeTag: string;
  readonly blurb: string | null;
  readonly status: string;
  readonly policyId: PolicyId;
  readonly policyFamilyId: string;
  readonly policyName: string;
  readonly policyVersion: number;
  readonly policySavedAt: Date;
  readonly policy: Policy;
}

const columns = {
  id: playlists.id,
  globalIndex: playlists.globalIndex,
  themeTag: playlists.themeTag,
  blurb: playlists.blurb,
  status: playlists.status,
  policyId: playlists.policyId,
  policyFamilyId: curationPolicies.familyId,
  policyName: curationPolicies.name,
  policyVersion: curationPolicies.version,
  policySavedAt: curationPolicies.createdAt,
  policy: curationPolicies.body,
};

/** Playlists with their policy version, by number, without retired ones. */
export async function listPlaylists(db: Db, only?: { status: 'active' }): Promise<CuratedPlaylist[]> {
  const condition = only ? eq(playlists.status, only.status) : sql`${playlists.status} <> 'retired'`;
  const found = await db
    .select(columns)
    .from(playlists)
    .innerJoin(curationPolicies, eq(curationPolicies.id, playlists.policyId))
    .where(condition)
    .orderBy(asc(playlists.globalIndex));
  return withPolicies(found);
}

/** A playlist with only those parts of its policy that decide when a recording may repeat. */
export type RestRules = Omit<CuratedPlaylist, 'policy'> & { readonly policy: Pick<Policy, 'rest'> };

/** Active playlists by number. Parses far less than `listPlaylists`, so that a page of the whole network is fast. */
export async function listRestRules(db: Db): Promise<RestRules[]> {
  const found = await db
    .select({ ...columns, policy: sql<unknown>`jsonb_build_object('rest', ${curationPolicies.body}->'rest')` })
    .from(playlists)
    .innerJoin(curationPolicies, eq(curationPolicies.id, playlists.policyId))
    .where(eq(playlists.status, 'active'))
    .orderBy(asc(playlists.globalIndex));
  return found.map((row) => ({ ...row, policy: readStoredRest(row.policy) }));
}

/** Playlists of one policy version share one parsed policy object. */
function withPolicies(rows: readonly CuratedPlaylist[]): CuratedPlaylist[] {
  const known = new Map<PolicyId, Policy>();
  return rows.map((row) => {
    const policy = known.get(row.policyId) ?? readStoredPolicy(row.policy);
    known.set(row.policyId, policy);
    return { ...row, policy };
  });
}

export async function findPlaylistByIndex(db: Db, index: number): Promise<CuratedPlaylist | undefined> {
  const found = await db
    .select(columns)
    .from(playlists)
    .innerJoin(curationPolicies, eq(curationPolicies.id, playlists.policyId))
    .where(eq(playlists.globalIndex, index));
  return withPolicies(found)[0];
}

interface NewPlaylist {
  readonly id: PlaylistId;
  readonly themeTag: string;
  readonly blurb: string | null;
  readonly policyId: PolicyId;
  readonly createdAt: Date;
}

/** Until the transaction ends, no one else can add playlists. */
export async function lockPlaylists(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('segue.playlists'))`);
}

/** Adds playlists under the next free numbers, in the given order; a lock keeps the numbers gapless. Returns the numbers. */
export async function insertPlaylists(db: Db, rows: readonly NewPlaylist[]): Promise<number[]> {
  await lockPlaylists(db);
  const highest = await db.select({ index: playlists.globalIndex }).from(playlists).orderBy(desc(playlists.globalIndex)).limit(1);
  const first = (highest[0]?.index ?? 0) + 1;
  await db.insert(playlists).values(rows.map((row, i) => ({ ...row, globalIndex: first + i })));
  return rows.map((_, i) => first + i);
}
