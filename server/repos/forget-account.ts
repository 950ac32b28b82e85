import { accounts, oauthAttempts, playlistAccountMap, remoteFindings } from '#drizzle/schema/index.ts';
import type { AccountId } from '#shared/ids.ts';
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Account } from './accounts.ts';
import type { Db } from './database.ts';

/** Whoever writes to an account holds this lock (see hold-writer). False when somebody does; freed when the transaction ends. */
export async function lockAccountAgainstWriters(db: Db, id: AccountId): Promise<boolean> {
  const taken = await db.execute<{ taken: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`segue.sync.account:${id}`}, 0)) as taken`,
  );
  return taken.rows[0]?.taken === true;
}

/** Sign-ins under way for the account. */
export async function deleteAttemptsOf(db: Db, id: AccountId): Promise<number> {
  return (await db.delete(oauthAttempts).where(eq(oauthAttempts.accountId, id))).rowCount ?? 0;
}

/** What was noted of other playlists that stand on the account: findings, and the lists kept while one of ours was being made. */
export async function deleteNotesOnOwnPlaylists(db: Db, id: AccountId): Promise<number> {
  const findings = await db.delete(remoteFindings).where(eq(remoteFindings.accountId, id));
  const lists = await db.execute(sql`
    update sync_operations o set known_ids_before = null from sync_plans p join playlist_account_map m on m.id = p.replica_id
    where p.id = o.plan_id and m.account_id = ${id} and o.known_ids_before is not null`);
  return (findings.rowCount ?? 0) + (lists.rowCount ?? 0);
}

/** Ends every place of a playlist on the account; the rows stay, because receipts and the ledger point to them. Says how many there were. */
export async function retireReplicasOf(db: Db, id: AccountId, at: Date): Promise<number> {
  await db.execute(sql`
    update sync_plans p set status = 'stale', status_reason = 'Its account was disconnected.' from playlist_account_map m
    where m.id = p.replica_id and m.account_id = ${id} and p.status in ('planned', 'waiting')`);
  const retired = await db
    .update(playlistAccountMap)
    .set({ status: 'retired', retiredAt: at, keptFace: null })
    .where(and(eq(playlistAccountMap.accountId, id), ne(playlistAccountMap.status, 'retired')));
  return retired.rowCount ?? 0;
}

/**
 * Takes a name out of what was told to operators: alerts, runs, and the accounts' names in plans. Only whole words, and in plans whole values, are
 * replaced, so that a short name cannot tear anything else. Says how many rows named it.
 */
export async function replaceName(db: Db, name: string, by: string): Promise<number> {
  // As a word of its own: a person called "An" is not in "Another".
  const word = `(?<![[:alnum:]])${name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(?![[:alnum:]])`;
  const has = (column: string) => sql`coalesce(${sql.identifier(column)}, '') ~ ${word}`;
  const without = (column: string) => sql`${sql.identifier(column)} = regexp_replace(${sql.identifier(column)}, ${word}, ${by}, 'g')`;
  const alerts = await db.execute(sql`update alerts set ${without('what')}, ${without('detail')} where ${has('what')} or ${has('detail')}`);
  const runs = await db.execute(sql`update job_runs set ${without('outcome')}, ${without('remedy')}, ${without('doing')}
    where ${has('outcome')} or ${has('remedy')} or ${has('doing')}`);
  const [from, to] = [name, by].map((value) => `"account": ${JSON.stringify(value)}`);
  let named = (alerts.rowCount ?? 0) + (runs.rowCount ?? 0);
  for (const table of ['manager_plans', 'dry_runs']) {
    const plans = await db.execute(
      sql`update ${sql.identifier(table)} set body = replace(body::text, ${from}, ${to})::jsonb where strpos(body::text, ${from}) > 0`,
    );
    named += plans.rowCount ?? 0;
  }
  return named;
}

/** Leaves a tombstone in the account's place: no token, no name, no Spotify user, so that the person may come back as a new account. */
export async function buryAccount(
  db: Db,
  account: Pick<Account, 'id' | 'tokenVersion'>,
  grave: { name: string; reason: string; at: Date },
): Promise<void> {
  await db
    .update(accounts)
    .set({
      spotifyUserId: `gone:${account.id}`,
      displayName: grave.name,
      status: 'disabled',
      statusReason: grave.reason,
      statusChangedAt: grave.at,
      disconnectedAt: grave.at,
      scopes: [],
      sealedAccessToken: null,
      sealedRefreshToken: null,
      accessExpiresAt: null,
      requestsPerMinute: null,
      tokenVersion: account.tokenVersion + 1,
    })
    .where(eq(accounts.id, account.id));
}
