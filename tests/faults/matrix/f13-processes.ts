import type { SeededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { STATE_REFRESH_MS } from '#tests/support/processes/instances.ts';
import type { Instances } from '#tests/support/processes/instances.ts';
import type { RequestProcess, RequestResult, RequestProcesses } from '#tests/support/spotify/request-processes.ts';

export const PROCESSES = 3;
const FAILURES = 5;
const OPEN_MS = 600_000;
/** Longer than a process may hold a probe without sending it. */
const PROBE_MS = 61_000;
const REQUESTS_MAX = 20;
/** Response delay of a probe whose process dies first. */
const NO_RESPONSE_MS = 600_000;
const POLL_MS = 3;
const TOKEN_MS = 3_600_000;

export interface Setup {
  readonly instances: Instances;
  readonly askers: RequestProcesses;
  readonly random: SeededRandom;
}

export interface Outage {
  readonly service: 'api' | 'accounts';
  readonly status: number;
  /** The process that probes is killed before the response. */
  readonly isProbeKilled: boolean;
}

/**
 * One of Spotify's services fails for all processes. The breaker opens for all of them; then one request across all processes probes, also after a
 * probe that died; the other service keeps working in the meantime, and all continue when a probe succeeds.
 */
export async function runOutage(setup: Setup, { service, status, isProbeKilled }: Outage) {
  const { instances, askers, random } = setup;
  const target = targetOf(setup, service);
  // Every process gets an app token that outlasts the outage; otherwise reading would need the accounts service.
  instances.clock.advance(TOKEN_MS);
  for (const process of askers.processes) {
    assert.equal((await askers.read(process)).kind, 'answered');
    await target.requireUp(process);
  }
  instances.spotify.clearRequests();
  instances.spotify.failNext({ service, times: Number.POSITIVE_INFINITY, status });
  await Promise.all(askers.processes.map((process) => requestUntilOpen(process, target)));
  const requests = target.requests();
  assert.ok(requests >= FAILURES && requests <= target.requestsMax, `${requests} requests before the breaker of ${service} opened`);
  let tried = 0;
  for (let jump = 0; jump < 3; jump += 1) {
    tried += await requireNoRequests(askers, target);
    instances.clock.advance(Math.floor((random.next() * (OPEN_MS - 60_000)) / 3));
  }
  await target.otherServiceWorks(random.pick(askers.processes));
  instances.clock.advance(OPEN_MS);
  let probes = 0;
  if (isProbeKilled) {
    await killProbe(setup, target);
    probes += 1;
  }
  probes += await probeOnce(setup, target);
  instances.clock.advance(OPEN_MS + 1);
  instances.spotify.clearFaults();
  // The probe succeeded: the others continue after their next state refresh.
  await target.requireUp(random.pick(askers.processes));
  probes += 1;
  instances.clock.advance(STATE_REFRESH_MS);
  for (const process of askers.processes) await target.requireUp(process);
  return { requests, tried, probes, kills: isProbeKilled ? 1 : 0 };
}

interface Target {
  readonly ask: (process: RequestProcess) => Promise<RequestResult>;
  readonly requests: () => number;
  readonly requestsMax: number;
  readonly requireUp: (process: RequestProcess) => Promise<void>;
  readonly otherServiceWorks: (process: RequestProcess) => Promise<void>;
  readonly service: 'api' | 'accounts';
}

function targetOf({ instances, askers }: Setup, service: 'api' | 'accounts'): Target {
  const requests = () => instances.spotify.requests().filter((request) => request.service === service).length;
  const readAlbum = async (process: RequestProcess) => {
    const result = await askers.read(process);
    assert.equal(result.kind, 'answered', `an album was not read: ${JSON.stringify(result)}`);
  };
  const refreshUnknownToken = async (process: RequestProcess) => {
    const result = await askers.refresh(process);
    assert.equal(result.kind === 'refused' && result.code, 'reauth_required', `an unknown token was not refused: ${JSON.stringify(result)}`);
  };
  return service === 'api'
    ? {
        service,
        ask: (process) => askers.read(process),
        requests,
        requestsMax: REQUESTS_MAX,
        requireUp: readAlbum,
        otherServiceWorks: refreshUnknownToken,
      }
    : {
        service,
        ask: (process) => askers.refresh(process),
        requests,
        // Never retried: the fifth failure opens the breaker for all but the requests in progress.
        requestsMax: FAILURES + PROCESSES - 1,
        requireUp: refreshUnknownToken,
        otherServiceWorks: readAlbum,
      };
}

async function requestUntilOpen(process: RequestProcess, target: Target): Promise<void> {
  for (let call = 0; call < FAILURES + 1; call += 1) if (isBreakerOpen(await target.ask(process))) return;
  assert.fail(`${target.service} failed ${FAILURES + 1} calls of one process and its breaker did not open`);
}

async function requireNoRequests(askers: RequestProcesses, target: Target): Promise<number> {
  const before = target.requests();
  const results = await Promise.all(askers.processes.map((process) => target.ask(process)));
  assert.ok(results.every(isBreakerOpen), `${target.service} was requested while its breaker was open: ${JSON.stringify(results)}`);
  assert.equal(target.requests(), before, `${target.service} received a request while its breaker was open`);
  return results.length;
}

/** All processes call at once, twice each: one probe is sent and fails, and the breaker is open again. */
async function probeOnce({ instances, askers }: Setup, target: Target): Promise<number> {
  instances.clock.advance(1);
  const before = target.requests();
  const results = await Promise.all([...askers.processes, ...askers.processes].map((process) => target.ask(process)));
  assert.equal(target.requests() - before, 1, `${target.requests() - before} requests were sent as one probe`);
  assert.equal(results.filter((one) => !isBreakerOpen(one)).length, 1, 'calls other than the probe were not refused');
  await requireNoRequests(askers, target);
  return 1;
}

async function killProbe({ instances, askers, random }: Setup, target: Target): Promise<void> {
  instances.spotify.clearFaults();
  instances.spotify.failNext({ service: target.service, delayMs: NO_RESPONSE_MS, cut: true });
  instances.spotify.failNext({ service: target.service, times: Number.POSITIVE_INFINITY, status: 503 });
  const before = target.requests();
  const probeProcess = random.pick(askers.processes);
  const probe = target.ask(probeProcess).then(
    () => assert.fail('an unanswered probe was answered'),
    () => {},
  );
  while (target.requests() === before) await wait(POLL_MS);
  await askers.replace(probeProcess);
  await probe;
  await requireNoRequests(askers, target);
  instances.clock.advance(PROBE_MS);
}

function isBreakerOpen(result: RequestResult): boolean {
  return result.kind === 'refused' && result.why === 'CircuitOpen' && (result.retryAfterMs ?? 0) >= 0;
}
