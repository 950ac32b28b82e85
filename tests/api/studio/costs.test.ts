import { createDatabase } from '#server/repos/database.ts';
import { reserveCost, settleCost } from '#server/repos/studio/usage/costs.ts';
import { renderId } from '#shared/ids.ts';
import { cloneDatabase } from '#tests/support/database.ts';
import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { expect, test } from 'vitest';

const AT = new Date('2026-11-30T10:00:00Z');
const MONTH = '2026-11-01';

async function openLedger() {
  const pool = new Pool({ connectionString: await cloneDatabase(), max: 10 });
  const db = createDatabase(pool);
  const reserve = async (limits: { renders: number | null; usdMicros: number | null }, person = 'operator') => {
    const id = renderId.parse(randomUUID());
    const cost = { renderId: id, person, vendor: 'fal', usdMicros: 5000, month: MONTH, at: AT, limits } as const;
    const isReserved = await db.transaction((transaction) => reserveCost(transaction, cost));
    return { id, isReserved };
  };
  /** The month as stored, and as the ledger adds up to. */
  const months = async () => {
    const { rows } = await db.execute<{ renders: number; usd: number; ledger_renders: number; ledger_usd: number }>(sql`
      select u.renders, u.usd_micros::int as usd,
        (select count(*)::int from cost_ledger l where l.person = u.person and l.state <> 'refunded') as ledger_renders,
        (select coalesce(sum(coalesce(l.charged_usd_micros, l.reserved_usd_micros)), 0)::int from cost_ledger l
          where l.person = u.person and l.state <> 'refunded') as ledger_usd
      from monthly_usage u order by u.person`);
    return rows.map(({ renders, usd, ledger_renders: ledgerRenders, ledger_usd: ledgerUsd }) => {
      expect([renders, usd]).toEqual([ledgerRenders, ledgerUsd]);
      return { renders, usd };
    });
  };
  return { db, reserve, months, [Symbol.asyncDispose]: () => pool.end() };
}

const NO_LIMITS = { renders: null, usdMicros: null };

test.each([
  ['renders', { renders: 7, usdMicros: null }, 7],
  ['money', { renders: null, usdMicros: 37_499 }, 7],
  ['both', { renders: 9, usdMicros: 35_000 }, 7],
  ['no renders at all', { renders: 0, usdMicros: null }, 0],
  ['no money at all', { renders: null, usdMicros: 0 }, 0],
] as const)('fifty requests at once stay within the monthly limit of %s', async (_name, limits, expected) => {
  await using ledger = await openLedger();
  const reserved = await Promise.all(Array.from({ length: 50 }, () => ledger.reserve(limits)));
  expect(reserved.filter(({ isReserved }) => isReserved)).toHaveLength(expected);
  expect(await ledger.months()).toEqual(expected === 0 ? [] : [{ renders: expected, usd: expected * 5000 }]);
});

test('a refund gives room for another render, a charge and an unknown cost do not', async () => {
  await using ledger = await openLedger();
  const limits = { renders: 3, usdMicros: null };
  const [refunded, charged, unknown] = [await ledger.reserve(limits), await ledger.reserve(limits), await ledger.reserve(limits)];
  await settleCost(ledger.db, { renderId: refunded.id, at: AT, state: 'refunded' });
  await settleCost(ledger.db, { renderId: charged.id, at: AT, state: 'charged', usdMicros: 7000 });
  await settleCost(ledger.db, { renderId: unknown.id, at: AT, state: 'unknown' });
  expect(await ledger.months()).toEqual([{ renders: 2, usd: 12_000 }]);
  expect([(await ledger.reserve(limits)).isReserved, (await ledger.reserve(limits)).isReserved]).toEqual([true, false]);
});

test('a cost is settled once, however often and by however many it is settled; an unknown one can still be decided', async () => {
  await using ledger = await openLedger();
  const { id } = await ledger.reserve(NO_LIMITS);
  const settle = (state: 'refunded' | 'unknown') => settleCost(ledger.db, { renderId: id, at: AT, state });
  expect([await settle('unknown'), await settle('unknown')]).toEqual([true, false]);
  const refunds = await Promise.all(Array.from({ length: 10 }, () => settle('refunded')));
  expect(refunds.filter(Boolean)).toHaveLength(1);
  expect(await settleCost(ledger.db, { renderId: id, at: AT, state: 'charged', usdMicros: 1 })).toBe(false);
  expect(await ledger.months()).toEqual([{ renders: 0, usd: 0 }]);
});

test("one person's month never counts against another's", async () => {
  await using ledger = await openLedger();
  const limits = { renders: 1, usdMicros: null };
  const people = [randomUUID(), randomUUID(), 'operator'];
  for (const person of people) expect((await ledger.reserve(limits, person)).isReserved).toBe(true);
  for (const person of people) expect((await ledger.reserve(limits, person)).isReserved).toBe(false);
});
