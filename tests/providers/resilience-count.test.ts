import { createResilience } from '#server/providers/resilience.ts';
import { createSharedBreakers } from '#server/limits/shared-breakers.ts';
import type { Db } from '#server/repos/database.ts';
import { listBreakers } from '#server/repos/limits/vendor-breakers.ts';
import { AppError } from '#shared/errors.ts';
import { expect, test } from 'vitest';
import { createTestClock } from '#tests/support/time/clock.ts';
import { openTestDatabase } from '../support/database.ts';
import { createUnlimitedBudget } from '#tests/support/spotify/spotify-app.ts';
import { STATE_REFRESH_MS, startInstances } from '#tests/support/processes/instances.ts';
import { startRequestProcess } from '#tests/support/spotify/request-processes.ts';

const signal = new AbortController().signal;

/** The resilience policy of one vendor in a separate process; counts its SQL statements. */
function startProcess(db: Db, now: () => Date) {
  const process = { statements: 0 };
  const counting = new Proxy(db, {
    get: (target, name, receiver) => {
      if (name === 'execute') process.statements += 1;
      return Reflect.get(target, name, receiver) as unknown;
    },
  });
  const memory = createSharedBreakers(counting, now).breaker('spotify');
  const policy = createResilience({
    vendor: 'Spotify',
    now,
    breakerState: memory,
    budget: createUnlimitedBudget(),
    firstDelayMs: 1,
    random: () => 0,
  });
  let requests = 0;
  const ask = (isUp: boolean, idempotent = false) =>
    policy.run({
      idempotent,
      signal,
      attempt: async () => {
        requests += 1;
        if (!isUp) throw new AppError('provider_unavailable', { message: 'It has trouble.', context: { kind: 'Transient', status: 502 } });
        return 'up';
      },
    });
  const fail = async (times: number) => {
    for (let n = 0; n < times; n += 1) await expect(ask(false)).rejects.toMatchObject({ context: { kind: 'Transient' } });
  };
  return Object.assign(process, { ask, fail, requests: () => requests });
}

async function callUntilBreakerOpens(process: ReturnType<typeof startProcess>): Promise<void> {
  for (let call = 0; call < 6; call += 1) {
    const error: unknown = await process.ask(false, true).then(
      () => undefined,
      (refusal: unknown) => refusal,
    );
    if (error instanceof AppError && error.context?.['kind'] === 'CircuitOpen') return;
  }
  throw new Error('The breaker never opened.');
}

const breakerOpen = { code: 'rate_limited', context: { kind: 'CircuitOpen' } };

test('five failed calls in a row open the breaker for all processes, across processes and restarts', async () => {
  await using instances = await startInstances();
  instances.spotify.failNext({ service: 'accounts', path: '/api/token', status: 502, times: Number.POSITIVE_INFINITY });
  const options = { databaseUrl: instances.databaseUrl, sandbox: instances.sandbox.env };
  const command = () => ({ nowMs: instances.clock.now().getTime() });
  const one = startRequestProcess(options);
  await using other = startRequestProcess(options);
  for (let call = 0; call < 3; call += 1) expect(await one.send(command())).toMatchObject({ why: 'Transient' });
  await one.kill();
  await using restarted = startRequestProcess(options);
  expect(await restarted.send(command())).toMatchObject({ why: 'Transient' });
  expect(await other.send(command())).toMatchObject({ why: 'Transient' });
  const requestsBefore = instances.spotify.requests({ path: '/api/token' }).length;
  expect(requestsBefore).toBe(5);
  instances.clock.advance(STATE_REFRESH_MS);
  for (const process of [restarted, other]) expect(await process.send(command())).toMatchObject({ why: 'CircuitOpen' });
  expect(instances.spotify.requests({ path: '/api/token' })).toHaveLength(requestsBefore);
  expect(await listBreakers(instances.another().db)).toMatchObject([{ vendor: 'spotify:accounts', state: 'open', failures: 5 }]);
});

test('a success in one process resets the failure count of another', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const [one, other] = [startProcess(database.db, clock.now), startProcess(database.db, clock.now)];
  await one.fail(4);
  clock.advance(STATE_REFRESH_MS);
  expect(await other.ask(true)).toBe('up');
  expect(await listBreakers(database.db)).toMatchObject([{ state: 'closed', failures: 0, why: null }]);
  clock.advance(STATE_REFRESH_MS);
  await one.fail(4);
  expect(await one.ask(true)).toBe('up');
  await one.fail(4);
  await other.fail(1);
  await expect(other.ask(true)).rejects.toMatchObject(breakerOpen);
});

test('successful requests cost no SQL statement; a failure costs one, and so does the first success after it', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const at = clock.now();
  const process = startProcess(database.db, () => at);
  await process.ask(true);
  const statementsBefore = process.statements;
  for (let n = 0; n < 50; n += 1) await process.ask(true);
  expect(process.statements).toBe(statementsBefore);
  await process.fail(2);
  expect(process.statements).toBe(statementsBefore + 2);
  for (let n = 0; n < 50; n += 1) await process.ask(true);
  expect(process.statements).toBe(statementsBefore + 3);
});

test('calls that fail at once in two processes open the breaker once, and late failures do not extend it', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const [one, other] = [startProcess(database.db, clock.now), startProcess(database.db, clock.now)];
  const outcomes = await Promise.allSettled([one, other, one, other, one, other, one].map((process) => process.ask(false)));
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  const [row] = await listBreakers(database.db);
  expect(row).toMatchObject({ state: 'open', failures: 7 });
  expect((row?.openUntil?.getTime() ?? 0) - (row?.openedAt?.getTime() ?? 0)).toBe(30_000);
});

test('after two failed calls in a row, in any process, no process retries a read', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const processes = Array.from({ length: 5 }, () => startProcess(database.db, clock.now));
  for (const process of processes) {
    clock.advance(STATE_REFRESH_MS);
    await expect(process.ask(false, true)).rejects.toMatchObject({ context: { kind: 'Transient' } });
  }
  expect(processes.map((process) => process.requests())).toEqual([6, 6, 1, 1, 1]);
});

test('an outage that three processes meet at once costs at most twenty requests, whatever their retry limits', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const processes = Array.from({ length: 3 }, () => startProcess(database.db, clock.now));
  await Promise.all(processes.map(callUntilBreakerOpens));
  const requests = processes.reduce((sum, process) => sum + process.requests(), 0);
  expect(requests).toBeGreaterThanOrEqual(15);
  expect(requests).toBeLessThanOrEqual(20);
  expect(await listBreakers(database.db)).toMatchObject([{ state: 'open', repeats: 10 }]);
});

test('a success resets the shared retry budget', async () => {
  await using database = await openTestDatabase();
  const clock = createTestClock();
  const [one, other] = [startProcess(database.db, clock.now), startProcess(database.db, clock.now)];
  await expect(one.ask(false, true)).rejects.toMatchObject({ context: { kind: 'Transient' } });
  clock.advance(STATE_REFRESH_MS);
  await other.ask(true);
  expect(await listBreakers(database.db)).toMatchObject([{ state: 'closed', failures: 0, repeats: 0 }]);
  clock.advance(STATE_REFRESH_MS);
  await expect(other.ask(false, true)).rejects.toMatchObject({ context: { kind: 'Transient' } });
  expect(other.requests()).toBe(7);
});
