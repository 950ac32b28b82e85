import { providerCacheUse } from '#drizzle/schema/index.ts';
import { dayOf } from '#shared/domain/days.ts';
import type { Provenance } from '#shared/vocabulary.ts';
import { gte, sql } from 'drizzle-orm';
import type { Db } from '#server/repos/database.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

interface Answer {
  readonly key: string;
  readonly body: object;
  readonly goodForMs: number;
}

/** An expired answer is still better than none while a vendor is down, but only this long. */
const STALE_MAX_MS = 30 * DAY_MS;
/** Expired rows deleted with each write: few, so that no write waits for it. */
const SWEEP_LIMIT = 200;

/** Cached vendor answers in `provider_cache`: one statement per query however many keys; it also counts hits and misses by day. */
export function createProviderCache(db: Db, now: () => Date) {
  return {
    find: async (provider: Provenance, keys: readonly string[]): Promise<ReadonlyMap<string, { body: unknown; isFresh: boolean }>> => {
      const requested = [...new Set(keys)];
      if (requested.length === 0) return new Map();
      const at = now();
      const found = await db.execute<{ key: string; body: unknown; is_fresh: boolean }>(sql`
        with found as (
          select key, body, expires_at > ${at.toISOString()}::timestamptz as is_fresh from provider_cache
          where provider = ${provider} and key = any(${sql.param(requested)}::text[])
        ), counted as (
          insert into provider_cache_use as use (provider, day, hits, misses)
          select ${provider}, ${dayOf(at)}::date, count(*) filter (where is_fresh), ${requested.length}::int - count(*) filter (where is_fresh) from found
          on conflict (provider, day) do update set hits = use.hits + excluded.hits, misses = use.misses + excluded.misses)
        select key, body, is_fresh from found`);
      return new Map(found.rows.map(({ key, body, is_fresh: isFresh }) => [key, { body, isFresh }]));
    },
    store: async (provider: Provenance, answers: readonly Answer[]): Promise<void> => {
      if (answers.length === 0) return;
      const at = now().getTime();
      const rows = [...new Map(answers.map((answer) => [answer.key, answer])).values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
      const instants = rows.map(({ goodForMs }) => new Date(at + goodForMs).toISOString());
      await db.execute(sql`
        with swept as (
          delete from provider_cache where (provider, key) in (
            select provider, key from provider_cache where expires_at < ${new Date(at - STALE_MAX_MS).toISOString()}::timestamptz
              and not (provider = ${provider} and key = any(${sql.param(rows.map(({ key }) => key))}::text[]))
            limit ${SWEEP_LIMIT} for update skip locked))
        insert into provider_cache (provider, key, body, fetched_at, expires_at)
        select ${provider}, key, body::jsonb, ${new Date(at).toISOString()}::timestamptz, expires_at::timestamptz
        from unnest(${sql.param(rows.map(({ key }) => key))}::text[], ${sql.param(rows.map(({ body }) => JSON.stringify(body)))}::text[], ${sql.param(instants)}::text[])
          as said(key, body, expires_at)
        on conflict (provider, key) do update set body = excluded.body, fetched_at = excluded.fetched_at, expires_at = excluded.expires_at`);
    },
  };
}

/** Cache hits and misses by provider and day since a day. */
export async function listCacheUse(db: Db, sinceDay: string): Promise<readonly { provider: string; day: string; hits: number; misses: number }[]> {
  return db.select().from(providerCacheUse).where(gte(providerCacheUse.day, sinceDay)).orderBy(providerCacheUse.provider, providerCacheUse.day);
}
