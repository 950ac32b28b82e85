import { AppError } from '#shared/errors.ts';
import assert from 'node:assert/strict';
import { startInstances } from '#tests/support/processes/instances.ts';
import { openRequestProcesses } from '#tests/support/spotify/request-processes.ts';
import { OPEN_MS, openVendors } from '#tests/support/spotify/vendors.ts';
import type { FailureSettings, FaultyVendor, Vendors } from '#tests/support/spotify/vendors.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { runOutage, PROCESSES } from './f13-processes.ts';
import type { Fault } from './fault.ts';

/** Shares of requests that fail. */
const SHARES = [0.1, 0.3, 0.5, 0.8, 1] as const;
const CALLS = 40;
const FAILURES_UNTIL_OPEN_MAX = 20;
const STATUSES = [500, 502, 503, 504] as const;
const signal = new AbortController().signal;

/** F13: bursts of 5xx from one vendor after the other. An outage costs few requests, then one probe at a time; nothing is created twice; the other vendors keep working. */
export const f13: Fault = {
  name: 'F13',
  what: 'a vendor that answers 5xx soon gets no requests but one probe at a time, creates nothing twice, and does not affect other vendors',
  smallDose: 1,
  run: async ({ dose, seed, report: say }) => {
    const counts = { calls: 0, failedCalls: 0, timesOpened: 0, probes: 0, posts: 0, made: 0 };
    for (let round = 0; round < dose; round += 1) {
      for (const share of SHARES) {
        await using setup = await openVendors();
        const failing = { share, seed: seed + round, status: STATUSES[(seed + round) % STATUSES.length] ?? 503 };
        for (const vendor of setup.vendors) {
          const result = await burst(setup, vendor, failing);
          counts.calls += CALLS;
          counts.failedCalls += result.failedCalls;
          counts.timesOpened += result.opened;
          counts.probes += result.probes;
          say(`${vendor.name}, ${share * 100}% of ${failing.status}: ${result.failedCalls} of ${CALLS} calls failed, opened ${result.opened} times`);
        }
        const written = await makePlaylists(setup, failing);
        counts.posts += written.posts;
        counts.made += written.made;
      }
    }
    assert.ok(counts.timesOpened > 0, 'no breaker ever opened');
    return { ...counts, ...(await runWithProcesses({ dose, seed, report: say })) };
  },
};

/** The same outage with real processes that share only the database. */
async function runWithProcesses({ dose, seed, report: say }: Parameters<Fault['run']>[0]) {
  const random = seededRandom(seed);
  const counts = { outages: 0, outageRequests: 0, sharedProbes: 0, kills: 0, triedWhileOpen: 0 };
  await using instances = await startInstances();
  await using askers = openRequestProcesses(instances, { processes: PROCESSES });
  for (let round = 0; round < dose; round += 1) {
    for (const [index, service] of (['api', 'accounts'] as const).entries()) {
      const result = await runOutage(
        { instances, askers, random },
        { service, status: random.pick(STATUSES), isProbeKilled: (round + index) % 2 === 0 },
      );
      counts.outages += 1;
      counts.outageRequests += result.requests;
      counts.sharedProbes += result.probes;
      counts.kills += result.kills;
      counts.triedWhileOpen += result.tried;
      say(
        `${PROCESSES} processes, ${service}: breaker open after ${result.requests} requests, ${result.tried} tries while open, ${result.probes} probes`,
      );
    }
  }
  return counts;
}

async function burst(setup: Vendors, vendor: FaultyVendor, failing: FailureSettings) {
  const result = { failedCalls: 0, opened: 0, probes: 0 };
  const requestsAtStart = vendor.requests();
  vendor.fail(failing);
  let isProbeNext = false;
  for (let call = 0; call < CALLS; call += 1) {
    const before = vendor.requests();
    const error = await failureOf(vendor.call(call));
    const sent = vendor.requests() - before;
    if (error) result.failedCalls += 1;
    if (isProbeNext) {
      result.probes += 1;
      assert.ok(sent <= 1, `${vendor.name}: ${sent} requests were sent as one probe`);
      isProbeNext = false;
    }
    if (error?.context?.['kind'] !== 'CircuitOpen') continue;
    assert.equal(sent, 0, `${vendor.name} was requested while its breaker was open`);
    if (result.opened === 0 && failing.share === 1)
      assert.ok(
        before - requestsAtStart <= FAILURES_UNTIL_OPEN_MAX,
        `${vendor.name} failed ${before - requestsAtStart} times before its breaker opened`,
      );
    result.opened += 1;
    await requireOthersUp(setup, vendor, call);
    setup.clock.advance(OPEN_MS + 1);
    isProbeNext = true;
  }
  if (failing.share === 1) assert.ok(result.opened > 0, `${vendor.name} answered only ${failing.status}, and its breaker never opened`);
  vendor.recover();
  setup.clock.advance(OPEN_MS + 1);
  assert.equal(await failureOf(vendor.call(CALLS)), undefined, `${vendor.name} is up again, but was not requested`);
  return result;
}

async function requireOthersUp(setup: Vendors, down: FaultyVendor, call: number): Promise<void> {
  for (const vendor of setup.vendors) {
    if (vendor === down) continue;
    assert.equal(await failureOf(vendor.call(call)), undefined, `${vendor.name} was affected by ${down.name}`);
  }
}

/** Creates playlists during failures; half of the failed creates are carried out. Each sends at most one request and creates at most one playlist. */
async function makePlaylists(setup: Vendors, failing: FailureSettings) {
  const { control } = setup.sandbox.spotify;
  const creates = { method: 'POST', path: '/me/playlists', times: Number.POSITIVE_INFINITY, status: failing.status } as const;
  control.failNext({ ...creates, share: failing.share / 2, seed: failing.seed + 1, actFirst: true });
  control.failNext({ ...creates, share: failing.share / 2, seed: failing.seed + 2 });
  let made = 0;
  let calls = 0;
  const token = await setup.freshToken();
  control.clearRequests();
  for (let n = 0; n < CALLS; n += 1) {
    const details = { name: `Created once ${failing.seed} ${failing.share} ${n}`, description: '', isPublic: true };
    const error = await failureOf(setup.spotify.playlistHost.createPlaylist(token, details, signal));
    const isBreakerOpen = error?.context?.['kind'] === 'CircuitOpen';
    if (isBreakerOpen) setup.clock.advance(OPEN_MS + 1);
    else calls += 1;
    const existing = control.playlists().filter(({ name }) => name === details.name).length;
    made += existing;
    if (error === undefined) assert.equal(existing, 1, 'Spotify confirmed a playlist that does not exist');
    else if (isBreakerOpen) assert.equal(existing, 0, 'a request that was not sent created a playlist');
    else assert.equal(error.context?.['ambiguous'], true, 'an unanswered create must be ambiguous');
    assert.ok(existing <= 1, `${details.name} exists ${existing} times`);
  }
  const posts = control.requests({ method: 'POST', path: '/me/playlists' }).length;
  assert.ok(posts <= calls, `${posts} requests for ${calls} creates`);
  control.clearFaults();
  setup.clock.advance(OPEN_MS + 1);
  return { posts, made };
}

async function failureOf(work: Promise<unknown>): Promise<AppError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    assert.ok(error instanceof AppError, `an unexpected error: ${String(error)}`);
    return error;
  }
}
