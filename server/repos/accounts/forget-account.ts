import { accounts, oauthAttempts, playlistAccountMap, remoteFindings } from '#drizzle/schema/index.ts';
import type { AccountId } from '#shared/ids.ts';
import { and, eq, ne, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Account } from './accounts.ts';
import type { Db } from '#server/repos/database.ts';

/** Takes the lock that every writer to an account holds (see hold-writer), until the transaction ends. False when a writer holds it. */
export async function lockAccountAgainstWriters(db: Db, id: AccountId): Promise<boolean> {
  const taken = await db.execute<{ taken: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`segue.sync.account:${id}`}, 0)) as taken`,
  );
  return taken.rows[0]?.taken === true;
}

/** Deletes the authorizations in progress of the account. */
export async function deleteAttemptsOf(db: Db, id: AccountId): Promise<number> {
  return (await db.delete(oauthAttempts).where(eq(oauthAttempts.accountId, id))).rowCount ?? 0;
}

/** Deletes what was stored about the owner's other playlists: findings, and the lists stored while one of ours was created. */
export async function deleteFindingsOnOwnPlaylists(db: Db, id: AccountId): Promise<number> {
  const findings = await db.delete(remoteFindings).where(eq(remoteFindings.accountId, id));
  const lists = await db.execute(sql`
    update sync_operations o set known_ids_before = null from sync_plans p
      left join playlist_account_map m on m.id = p.replica_id left join own_playlists w on w.id = p.own_playlist_id
    where p.id = o.plan_id and coalesce(m.account_id, w.account_id) = ${id} and o.known_ids_before is not null`);
  return (findings.rowCount ?? 0) + (lists.rowCount ?? 0);
}

/** Retires every replica on the account; the rows stay, because receipts and the ledger refer to them. Returns how many. */
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

/** Columns with sentences for operators, by table. The queue stores the error of each failed attempt. */
const SENTENCES: readonly { readonly table: SQL; readonly columns: readonly string[] }[] = [
  { table: sql`alerts`, columns: ['what', 'detail'] },
  { table: sql`job_runs`, columns: ['outcome', 'remedy', 'doing'] },
  { table: sql`sync_plans`, columns: ['status_reason'] },
  { table: sql`manager_plans`, columns: ['status_reason'] },
  { table: sql`graphile_worker._private_jobs`, columns: ['last_error'] },
];
const PLANS = [sql`manager_plans`, sql`dry_runs`];
/** A person may have such a name; unquoted in JSON it is not a name. */
const BARE_IN_JSON = /^(?:true|false|null|[-+.\d]+(?:e[-+]?\d+)?)$/i;

/**
 * Replaces a name in alerts, runs, plans with their reasons, and failed jobs. Only whole words are replaced, and in plans whole values and words of
 * sentences, so that a short name cannot damage other text. Returns how many rows had it.
 */
export async function replaceName(db: Db, name: string, by: string): Promise<number> {
  const literal = escapeForPattern(name);
  // As a whole word: a person called "An" is not in "Another".
  const word = `(?<![[:alnum:]])${literal}(?![[:alnum:]])`;
  let named = 0;
  for (const { table, columns } of SENTENCES) {
    const names = columns.map((column) => sql.identifier(column));
    const without = names.map((column) => sql`${column} = regexp_replace(${column}, ${word}, ${by}, 'g')`);
    const has = names.map((column) => sql`coalesce(${column}, '') ~ ${word}`);
    const updated = await db.execute(sql`update ${table} set ${sql.join(without, sql`, `)} where ${sql.join(has, sql` or `)}`);
    named += updated.rowCount ?? 0;
  }
  const inPlan = patternInPlan(name);
  for (const table of PLANS) {
    const plans = await db.execute(
      sql`update ${table} set body = regexp_replace(body::text, ${inPlan}, ${by}, 'g')::jsonb where body::text ~ ${inPlan}`,
    );
    named += plans.rowCount ?? 0;
  }
  return named;
}

/** A name in the JSON of a plan: a whole `account` value, or a word of a sentence. Keys and fixed values are quoted without a space. */
function patternInPlan(name: string): string {
  const literal = escapeForPattern(JSON.stringify(name).slice(1, -1));
  const whole = `(?<="account": ")${literal}(?=")`;
  if (BARE_IN_JSON.test(name)) return whole;
  return `${whole}|(?<=")${literal}(?=[ ’])|(?<![[:alnum:]_"])${literal}(?![[:alnum:]_])`;
}

function escapeForPattern(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** Reduces the account to a tombstone: no token, no name, no Spotify user, so that the person can connect again as a new account. */
export async function anonymizeAccount(
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
      ownerUserId: null,
      tokenVersion: account.tokenVersion + 1,
    })
    .where(eq(accounts.id, account.id));
}
