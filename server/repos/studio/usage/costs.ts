import { costLedger } from '#drizzle/schema/index.ts';
import type { Db } from '#server/repos/database.ts';
import type { RenderId } from '#shared/ids.ts';
import type { CostState, StudioVendor } from '#shared/vocabulary.ts';
import { sql } from 'drizzle-orm';

/**
 * The ledger of what renders cost, and what counts against each person's month.
 *
 * States of a cost: reserved → charged | refunded | unknown; unknown → charged | refunded. A refund gives the render and its money back, a charge
 * replaces the estimate by the price, an unknown cost keeps counting.
 */

interface NewCost {
  readonly renderId: RenderId;
  /** A user's id, or `operator`. */
  readonly person: string;
  readonly vendor: StudioVendor;
  readonly usdMicros: number;
  /** First day of the month in UTC. */
  readonly month: string;
  readonly at: Date;
  /** Null is no limit. */
  readonly limits: { readonly renders: number | null; readonly usdMicros: number | null };
}

/**
 * Reserves one render and its estimated cost, or returns false when the person's month has no room for it. Parallel requests together stay within the
 * limits. Call it in the transaction that stores the render.
 */
export async function reserveCost(db: Db, { renderId, person, vendor, usdMicros, month, at, limits }: NewCost): Promise<boolean> {
  const reserved = await db.execute(sql`
    insert into monthly_usage as usage (person, month, renders, usd_micros)
    select ${person}, ${month}::date, 1, ${usdMicros}::bigint
    where (${limits.renders}::integer is null or 1 <= ${limits.renders}::integer)
      and (${limits.usdMicros}::bigint is null or ${usdMicros}::bigint <= ${limits.usdMicros}::bigint)
    on conflict (person, month) do update set renders = usage.renders + 1, usd_micros = usage.usd_micros + excluded.usd_micros
    where (${limits.renders}::integer is null or usage.renders + 1 <= ${limits.renders}::integer)
      and (${limits.usdMicros}::bigint is null or usage.usd_micros + excluded.usd_micros <= ${limits.usdMicros}::bigint)
    returning 1`);
  if (reserved.rows.length === 0) return false;
  await db.insert(costLedger).values({ renderId, person, vendor, reservedUsdMicros: usdMicros, month, reservedAt: at });
  return true;
}

type Settlement =
  | { readonly state: Extract<CostState, 'charged'>; readonly usdMicros: number }
  | { readonly state: Extract<CostState, 'refunded' | 'unknown'> };

/** Settles a cost and the person's month in one statement. False when it was settled before, so that a repeated job changes nothing. */
export async function settleCost(db: Db, { renderId, at, ...settlement }: Settlement & { renderId: RenderId; at: Date }): Promise<boolean> {
  const charged = settlement.state === 'charged' ? settlement.usdMicros : null;
  const settled = await db.execute(sql`
    with settled as (
      update cost_ledger set state = ${settlement.state}, charged_usd_micros = ${charged}::bigint, settled_at = ${at.toISOString()}::timestamptz
      where render_id = ${renderId} and (state = 'reserved' or (state = 'unknown' and ${settlement.state} <> 'unknown'))
      returning person, month, state, reserved_usd_micros, charged_usd_micros)
    update monthly_usage usage set
      renders = usage.renders - case settled.state when 'refunded' then 1 else 0 end,
      usd_micros = usage.usd_micros + case settled.state when 'refunded' then -settled.reserved_usd_micros
        when 'charged' then settled.charged_usd_micros - settled.reserved_usd_micros else 0 end
    from settled where usage.person = settled.person and usage.month = settled.month
    returning 1`);
  return settled.rows.length > 0;
}
