import { AppError } from '#shared/errors.ts';
import assert from 'node:assert/strict';
import { startHouses } from '#tests/support/processes/two-houses.ts';
import { openAskers } from '#tests/support/spotify/vendor-askers.ts';
import { OPEN_MS, openVendorPlace } from '#tests/support/spotify/vendor-place.ts';
import type { Failing, FaultyVendor, VendorPlace } from '#tests/support/spotify/vendor-place.ts';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { outage, PROCESSES } from './f13-processes.ts';
import type { Fault } from './fault.ts';

/** How much of what is asked fails, as a share. */
const SHARES = [0.1, 0.3, 0.5, 0.8, 1] as const;
const CALLS = 40;
const FAILURES_UNTIL_OPEN_MAX = 20;
const STATUSES = [500, 502, 503, 504] as const;
const signal = new AbortController().signal;

/** F13: bursts of 5xx at one vendor after the other. An outage costs few requests, then one probe at a time; nothing is made twice; the others go on. */
export const f13: Fault = {
  name: 'F13',
  what: 'a vendor that answers with 5xx is soon left alone, tried by one request at a time, never made to do anything twice, and hurts no other',
  smallDose: 1,
  run: async ({ dose, seed, say }) => {
    const counts = { calls: 0, failedCalls: 0, timesOpened: 0, probes: 0, posts: 0, made: 0 };
    for (let round = 0; round < dose; round += 1) {
      for (const share of SHARES) {
        await using place = await openVendorPlace();
        const how = { share, seed: seed + round, status: STATUSES[(seed + round) % STATUSES.length] ?? 503 };
        for (const vendor of place.vendors) {
          const found = await burst(place, vendor, how);
          counts.calls += CALLS;
          counts.failedCalls += found.failedCalls;
          counts.timesOpened += found.opened;
          counts.probes += found.probes;
          say(`${vendor.name}, ${share * 100} % of ${how.status}: ${found.failedCalls} of ${CALLS} calls failed, opened ${found.opened} times`);
        }
        const written = await makePlaylists(place, how);
        counts.posts += written.posts;
        counts.made += written.made;
      }
    }
    assert.ok(counts.timesOpened > 0, 'no breaker ever opened');
    return { ...counts, ...(await amongProcesses({ dose, seed, say })) };
  },
};

/** The same outage met by real processes, which share nothing but the database. */
async function amongProcesses({ dose, seed, say }: Parameters<Fault['run']>[0]) {
  const random = seededRandom(seed);
  const counts = { outages: 0, outageRequests: 0, sharedProbes: 0, kills: 0, triedInside: 0 };
  await using houses = await startHouses();
  await using askers = openAskers(houses, { processes: PROCESSES });
  for (let round = 0; round < dose; round += 1) {
    for (const [index, service] of (['api', 'accounts'] as const).entries()) {
      const found = await outage({ houses, askers, random }, { service, status: random.pick(STATUSES), isProbeKilled: (round + index) % 2 === 0 });
      counts.outages += 1;
      counts.outageRequests += found.requests;
      counts.sharedProbes += found.probes;
      counts.kills += found.kills;
      counts.triedInside += found.tried;
      say(`${PROCESSES} processes, ${service}: left alone after ${found.requests} requests, ${found.tried} tries while shut, ${found.probes} probes`);
    }
  }
  return counts;
}

async function burst(place: VendorPlace, vendor: FaultyVendor, how: Failing) {
  const found = { failedCalls: 0, opened: 0, probes: 0 };
  const begun = vendor.requests();
  vendor.fail(how);
  let isProbeNext = false;
  for (let call = 0; call < CALLS; call += 1) {
    const before = vendor.requests();
    const error = await failureOf(vendor.ask(call));
    const sent = vendor.requests() - before;
    if (error) found.failedCalls += 1;
    if (isProbeNext) {
      found.probes += 1;
      assert.ok(sent <= 1, `${vendor.name}: ${sent} requests went out as one probe`);
      isProbeNext = false;
    }
    if (error?.context?.['kind'] !== 'CircuitOpen') continue;
    assert.equal(sent, 0, `${vendor.name} was asked although it was to be left alone`);
    if (found.opened === 0 && how.share === 1)
      assert.ok(before - begun <= FAILURES_UNTIL_OPEN_MAX, `${vendor.name} failed ${before - begun} times before it was left alone`);
    found.opened += 1;
    await othersGoOn(place, vendor, call);
    place.clock.advance(OPEN_MS + 1);
    isProbeNext = true;
  }
  if (how.share === 1) assert.ok(found.opened > 0, `${vendor.name} answered nothing but ${how.status} and was never left alone`);
  vendor.heal();
  place.clock.advance(OPEN_MS + 1);
  assert.equal(await failureOf(vendor.ask(CALLS)), undefined, `${vendor.name} is well again, and not asked`);
  return found;
}

async function othersGoOn(place: VendorPlace, down: FaultyVendor, call: number): Promise<void> {
  for (const vendor of place.vendors) {
    if (vendor === down) continue;
    assert.equal(await failureOf(vendor.ask(call)), undefined, `${vendor.name} suffered from ${down.name}`);
  }
}

/** Creates under fire, half of them carried out although the answer is a failure: at most one request and one playlist for each. */
async function makePlaylists(place: VendorPlace, how: Failing) {
  const { control } = place.sandbox.spotify;
  const creates = { method: 'POST', path: '/me/playlists', times: Number.POSITIVE_INFINITY, status: how.status } as const;
  control.failNext({ ...creates, share: how.share / 2, seed: how.seed + 1, actFirst: true });
  control.failNext({ ...creates, share: how.share / 2, seed: how.seed + 2 });
  let made = 0;
  let calls = 0;
  control.clearRequests();
  for (let n = 0; n < CALLS; n += 1) {
    const face = { name: `Made once ${how.seed} ${how.share} ${n}`, description: '', isPublic: true };
    const error = await failureOf(place.spotify.playlistHost.createPlaylist(place.accessToken, face, signal));
    const isLeftAlone = error?.context?.['kind'] === 'CircuitOpen';
    if (isLeftAlone) place.clock.advance(OPEN_MS + 1);
    else calls += 1;
    const there = control.playlists().filter(({ name }) => name === face.name).length;
    made += there;
    if (error === undefined) assert.equal(there, 1, 'Spotify said that it made a playlist');
    else if (isLeftAlone) assert.equal(there, 0, 'a request that was not sent made a playlist');
    else assert.equal(error.context?.['ambiguous'], true, 'an unanswered create must be looked for');
    assert.ok(there <= 1, `${face.name} is there ${there} times`);
  }
  const posts = control.requests({ method: 'POST', path: '/me/playlists' }).length;
  assert.ok(posts <= calls, `${posts} requests for ${calls} creates`);
  control.clearFaults();
  place.clock.advance(OPEN_MS + 1);
  return { posts, made };
}

async function failureOf(work: Promise<unknown>): Promise<AppError | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    assert.ok(error instanceof AppError, `an unknown failure: ${String(error)}`);
    return error;
  }
}
