import { accounts, oauthAttempts, signingKeys } from '#drizzle/schema/index.ts';
import type { AccountId } from '#shared/ids.ts';
import { and, asc, eq, gt, or, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Db } from '#server/repos/database.ts';

interface SealedAccount {
  readonly id: AccountId;
  readonly displayName: string;
  readonly sealedAccessToken: string | null;
  readonly sealedRefreshToken: string | null;
}

/** An encrypted text is `version.key.iv.text.tag`; its second part is the id of its key. */
const keyOf = (column: AnyPgColumn) => sql<string>`split_part(${column}, '.', 2)`;

/** Accounts after `after` with a token encrypted by another key than `keyId`, by id, locked until the transaction ends. */
export async function lockAccountsWithOldKey(
  db: Db,
  keyId: string,
  page: { after: string | undefined; limit: number },
): Promise<readonly SealedAccount[]> {
  const { id, displayName, sealedAccessToken, sealedRefreshToken } = accounts;
  const isOther = or(sql`${keyOf(sealedAccessToken)} <> ${keyId}`, sql`${keyOf(sealedRefreshToken)} <> ${keyId}`);
  return db
    .select({ id, displayName, sealedAccessToken, sealedRefreshToken })
    .from(accounts)
    .where(and(isOther, page.after === undefined ? undefined : gt(sql`${id}::text`, page.after)))
    .orderBy(asc(sql`${id}::text`))
    .limit(page.limit)
    .for('update');
}

/** Stores the same tokens encrypted with another key: version and everything else stay. */
export async function markResealed(
  db: Db,
  id: AccountId,
  sealed: { sealedAccessToken: string | null; sealedRefreshToken: string | null },
): Promise<void> {
  await db.update(accounts).set(sealed).where(eq(accounts.id, id));
}

interface TextCounts extends Record<string, unknown> {
  readonly tokens: number;
  readonly signIns: number;
  readonly signingKeys: number;
}

/** How many encrypted texts each key still decrypts: tokens, authorizations in progress (which end within ten minutes) and the signing key. */
export async function countByKey(db: Db, now: Date): Promise<ReadonlyMap<string, TextCounts>> {
  const found = await db.execute<TextCounts & { readonly key: string }>(sql`
    select key, count(*) filter (where what = 'token')::int as tokens, count(*) filter (where what = 'sign_in')::int as "signIns",
      count(*) filter (where what = 'signing_key')::int as "signingKeys" from (
      select ${keyOf(accounts.sealedAccessToken)} as key, 'token' as what from ${accounts} where ${accounts.sealedAccessToken} is not null
      union all select ${keyOf(accounts.sealedRefreshToken)}, 'token' from ${accounts} where ${accounts.sealedRefreshToken} is not null
      union all select ${keyOf(oauthAttempts.sealedVerifier)}, 'sign_in' from ${oauthAttempts} where ${oauthAttempts.expiresAt} > ${now.toISOString()}::timestamptz
      union all select ${keyOf(signingKeys.sealedSeed)}, 'signing_key' from ${signingKeys} where ${signingKeys.sealedSeed} is not null
    ) sealed group by key`);
  return new Map(found.rows.map(({ key, ...counts }) => [key, counts]));
}
