import { createRequestBudget } from '#server/limits/request-budget.ts';
import { AppError } from '#shared/errors.ts';
import { openTestDatabase } from '#tests/support/database.ts';
import { createFakeTime, START } from '#tests/support/time/fake-time.ts';
import { expect, test } from 'vitest';

const WINDOW_MS = 30_000;
const signal = new AbortController().signal;

/** The most requests in any rolling window. */
function busiestWindow(sentMs: readonly number[]): number {
  const sorted = sentMs.toSorted((a, b) => a - b);
  let from = 0;
  let max = 0;
  for (const [index, at] of sorted.entries()) {
    while ((sorted[from] ?? at) <= at - WINDOW_MS) from += 1;
    max = Math.max(max, index - from + 1);
  }
  return max;
}

test.each([20, 180, 1_000])('two processes share %i requests in 30 s: never more in any window, at least 95 in 100 used', async (requests) => {
  await using database = await openTestDatabase();
  const time = createFakeTime();
  const limits = { key: 'spotify', requests, windowMs: WINDOW_MS };
  const budgets = [createRequestBudget(database.db, limits, time), createRequestBudget(database.db, limits, time)];
  const sent: number[] = [];
  const windows = requests > 500 ? 2 : 4;
  const worker = async (index: number) => {
    while (time.now().getTime() < START + windows * WINDOW_MS) {
      await budgets[index % 2]?.take(signal);
      sent.push(time.now().getTime());
    }
  };
  await time.run([0, 1, 2, 3, 4, 5].map((index) => worker(index)));
  const inTime = sent.filter((at) => at < START + windows * WINDOW_MS);
  expect(busiestWindow(sent)).toBeLessThanOrEqual(requests);
  expect(inTime.length / windows).toBeGreaterThanOrEqual(0.95 * requests);
});

test('requests sent up to 300 ms after their slot still stay within the vendor’s limit', async () => {
  await using database = await openTestDatabase();
  let step = 0;
  const time = createFakeTime(() => (step = (step * 75 + 74) % 301));
  const budget = createRequestBudget(database.db, { key: 'spotify', requests: 180, windowMs: WINDOW_MS }, time);
  const sent: number[] = [];
  const worker = async () => {
    while (time.now().getTime() < START + 3 * WINDOW_MS) {
      await budget.take(signal);
      sent.push(time.now().getTime());
    }
  };
  await time.run([worker(), worker(), worker(), worker()]);
  expect(busiestWindow(sent)).toBeLessThanOrEqual(180);
  expect(sent.length / 3).toBeGreaterThanOrEqual(0.95 * 180);
});

test('a rate limit met by one process stops the other, which sends again only afterwards', async () => {
  await using database = await openTestDatabase();
  const time = createFakeTime();
  const limits = { key: 'spotify', requests: undefined, windowMs: WINDOW_MS };
  const limited = createRequestBudget(database.db, limits, time);
  const other = createRequestBudget(database.db, limits, time);
  await other.take(signal);
  await limited.block(20_000, '429 on /v1/albums');
  time.advance(600);
  let sentAt = 0;
  await time.run([
    (async () => {
      await other.take(signal);
      sentAt = time.now().getTime();
    })(),
  ]);
  expect(sentAt).toBe(START + 20_000);
});

test('a day-long rate limit is not slept through: the caller is told when to come back, also after a restart', async () => {
  await using database = await openTestDatabase();
  const time = createFakeTime();
  const limits = { key: 'spotify', requests: 100, windowMs: WINDOW_MS };
  await createRequestBudget(database.db, limits, time).block(79_892_000, 'quota of the day used up');
  const afterRestart = createRequestBudget(database.db, limits, time);
  const refusal: unknown = await afterRestart.take(signal).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(AppError);
  expect(refusal).toMatchObject({ code: 'rate_limited', retryAfterMs: 79_892_000, message: 'Rate limited: quota of the day used up' });
});

test('a shorter rate limit never shortens a longer one', async () => {
  await using database = await openTestDatabase();
  const time = createFakeTime();
  const limits = { key: 'spotify', requests: undefined, windowMs: WINDOW_MS };
  const budget = createRequestBudget(database.db, limits, time);
  await budget.block(500_000, 'long');
  await budget.block(1_000, 'short');
  await expect(createRequestBudget(database.db, limits, time).take(signal)).rejects.toMatchObject({ retryAfterMs: 500_000 });
  await expect(budget.block(Number.NaN, 'nonsense')).rejects.toThrow(TypeError);
});

test('an unlimited budget queries the database at most twice a second', async () => {
  await using database = await openTestDatabase();
  const time = createFakeTime();
  let queries = 0;
  const counting = new Proxy(database.db, {
    get: (target, name, receiver) => {
      if (name === 'execute') queries += 1;
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  const budget = createRequestBudget(counting, { key: 'spotify', requests: undefined, windowMs: WINDOW_MS }, time);
  await Promise.all(Array.from({ length: 500 }, () => budget.take(signal)));
  for (let index = 0; index < 500; index += 1) await budget.take(signal);
  expect(queries).toBe(1);
});

test('a caller that gives up stops waiting', async () => {
  await using database = await openTestDatabase();
  const budget = createRequestBudget(database.db, { key: 'spotify', requests: 1, windowMs: WINDOW_MS }, () => new Date());
  await budget.take(signal);
  const giveUp = new AbortController();
  const waiting = budget.take(giveUp.signal);
  giveUp.abort(new Error('closing'));
  await expect(waiting).rejects.toThrow('abort');
  await expect(budget.take(giveUp.signal)).rejects.toThrow('closing');
});

test('after the clock is set back no caller waits for the future it came from', async () => {
  await using database = await openTestDatabase();
  const time = createFakeTime();
  const limits = { key: 'spotify', requests: 100, windowMs: 60_000 };
  time.advance(3 * 3_600_000);
  const budget = createRequestBudget(database.db, limits, time);
  await budget.take(signal);
  time.advance(-3 * 3_600_000);
  await time.run([budget.take(signal), createRequestBudget(database.db, limits, time).take(signal)]);
  expect(time.now().getTime()).toBeLessThan(START + 1_000);
});

test('a caller that would have to wait for minutes is told so, and takes no slot from those who wait', async () => {
  await using database = await openTestDatabase();
  const time = createFakeTime();
  const budget = createRequestBudget(database.db, { key: 'spotify', requests: 1, windowMs: 60_000 }, time);
  const sendTogether = async (count: number): Promise<string[]> => {
    const outcomes: string[] = [];
    const send = async () => {
      const refused = await budget.take(signal).catch((error: unknown) => error);
      outcomes.push(refused instanceof AppError ? refused.code : 'sent');
    };
    await time.run(Array.from({ length: count }, send));
    return outcomes.toSorted();
  };
  const first = await sendTogether(12);
  expect(first.filter((outcome) => outcome === 'rate_limited').length).toBeGreaterThan(5);
  expect(first.filter((outcome) => outcome === 'sent').length).toBeGreaterThan(3);
  const lastSentMs = time.now().getTime();
  expect(await sendTogether(1)).toEqual(['sent']);
  expect(time.now().getTime() - lastSentMs).toBeLessThanOrEqual(61_000);
});

test('processes that are killed while they use their slots never let more requests through, with or without their counts written', async () => {
  await using database = await openTestDatabase();
  const time = createFakeTime();
  const limits = { key: 'spotify', requests: 60, windowMs: WINDOW_MS };
  const sent: number[] = [];
  const startProcess = (count: number, isDead: () => boolean) => {
    // Its request counts die with it: nothing decides by them.
    const budget = createRequestBudget(database.db, { ...limits, use: { note: () => {}, flush: async () => {} } }, time);
    return Array.from({ length: count }, async () => {
      while (!isDead() && time.now().getTime() < START + 3 * WINDOW_MS) {
        await budget.take(signal);
        // A slot is lost when its process dies before using it.
        if (!isDead()) sent.push(time.now().getTime());
      }
    });
  };
  const lifeMs = WINDOW_MS / 4;
  const killed = Array.from({ length: 8 }, (_, n) => startProcess(6, () => time.now().getTime() > START + n * lifeMs));
  await time.run([...killed.flat(), ...startProcess(6, () => false)]);
  expect(sent.length).toBeGreaterThan(limits.requests);
  expect(busiestWindow(sent)).toBeLessThanOrEqual(limits.requests);
});
