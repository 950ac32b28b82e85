import type { SeededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { LOOK_MS } from '#tests/support/processes/two-houses.ts';
import type { Houses } from '#tests/support/processes/two-houses.ts';
import type { Asker, AskerAnswer, Askers } from '#tests/support/spotify/vendor-askers.ts';

export const PROCESSES = 3;
const FAILURES = 5;
const OPEN_MS = 600_000;
/** Longer than anybody may hold a probe without sending it. */
const PROBE_MS = 61_000;
const REQUESTS_MAX = 20;
/** A probe that is not answered before its process dies. */
const SILENT_MS = 600_000;
const POLL_MS = 3;
const TOKEN_MS = 3_600_000;

export interface Scene {
  readonly houses: Houses;
  readonly askers: Askers;
  readonly random: SeededRandom;
}

export interface Outage {
  readonly service: 'api' | 'accounts';
  readonly status: number;
  /** The process that probes dies before its answer. */
  readonly isProbeKilled: boolean;
}

/**
 * One of Spotify's services fails for every process: they leave it alone together, whoever asked; then one request in the whole house tries, also after
 * a probe that died; the other service goes on meanwhile, and all go on when the probe is answered.
 */
export async function outage(scene: Scene, { service, status, isProbeKilled }: Outage) {
  const { houses, askers, random } = scene;
  const door = doorOf(scene, service);
  // Every process with a token of the app that lasts longer than the outage, or it would need the accounts service to read.
  houses.clock.advance(TOKEN_MS);
  for (const process of askers.processes) {
    assert.equal((await askers.read(process)).kind, 'answered');
    await door.requireWell(process);
  }
  houses.spotify.clearRequests();
  houses.spotify.failNext({ service, times: Number.POSITIVE_INFINITY, status });
  await Promise.all(askers.processes.map((process) => askUntilLeftAlone(process, door)));
  const requests = door.requests();
  assert.ok(requests >= FAILURES && requests <= door.requestsMax, `${requests} requests before ${service} was left alone`);
  let tried = 0;
  for (let jump = 0; jump < 3; jump += 1) {
    tried += await requireSilence(askers, door);
    houses.clock.advance(Math.floor((random.next() * (OPEN_MS - 60_000)) / 3));
  }
  await door.othersGoOn(random.pick(askers.processes));
  houses.clock.advance(OPEN_MS);
  let probes = 0;
  if (isProbeKilled) {
    await killTheProbe(scene, door);
    probes += 1;
  }
  probes += await probeOnce(scene, door);
  houses.clock.advance(OPEN_MS + 1);
  houses.spotify.clearFaults();
  // Answered: the others follow within the time of a look.
  await door.requireWell(random.pick(askers.processes));
  probes += 1;
  houses.clock.advance(LOOK_MS);
  for (const process of askers.processes) await door.requireWell(process);
  return { requests, tried, probes, kills: isProbeKilled ? 1 : 0 };
}

interface Door {
  readonly ask: (process: Asker) => Promise<AskerAnswer>;
  readonly requests: () => number;
  readonly requestsMax: number;
  readonly requireWell: (process: Asker) => Promise<void>;
  readonly othersGoOn: (process: Asker) => Promise<void>;
  readonly service: 'api' | 'accounts';
}

function doorOf({ houses, askers }: Scene, service: 'api' | 'accounts'): Door {
  const requests = () => houses.spotify.requests().filter((request) => request.service === service).length;
  const readsWell = async (process: Asker) => {
    const said = await askers.read(process);
    assert.equal(said.kind, 'answered', `an album was not read: ${JSON.stringify(said)}`);
  };
  const refreshesWell = async (process: Asker) => {
    const said = await askers.refresh(process);
    assert.equal(said.kind === 'refused' && said.code, 'reauth_required', `a token nobody issued was not refused: ${JSON.stringify(said)}`);
  };
  return service === 'api'
    ? { service, ask: (process) => askers.read(process), requests, requestsMax: REQUESTS_MAX, requireWell: readsWell, othersGoOn: refreshesWell }
    : {
        service,
        ask: (process) => askers.refresh(process),
        requests,
        // Never repeated: the fifth failure shuts it for all but those that were under way.
        requestsMax: FAILURES + PROCESSES - 1,
        requireWell: refreshesWell,
        othersGoOn: readsWell,
      };
}

async function askUntilLeftAlone(process: Asker, door: Door): Promise<void> {
  for (let call = 0; call < FAILURES + 1; call += 1) if (isLeftAlone(await door.ask(process))) return;
  assert.fail(`${door.service} failed ${FAILURES + 1} calls of one process and was not left alone`);
}

async function requireSilence(askers: Askers, door: Door): Promise<number> {
  const before = door.requests();
  const said = await Promise.all(askers.processes.map((process) => door.ask(process)));
  assert.ok(said.every(isLeftAlone), `${door.service} was asked although it was to be left alone: ${JSON.stringify(said)}`);
  assert.equal(door.requests(), before, `${door.service} was sent something while it was to be left alone`);
  return said.length;
}

/** All processes ask at once, twice each: one request goes out and fails, and it is silent again. */
async function probeOnce({ houses, askers }: Scene, door: Door): Promise<number> {
  houses.clock.advance(1);
  const before = door.requests();
  const said = await Promise.all([...askers.processes, ...askers.processes].map((process) => door.ask(process)));
  assert.equal(door.requests() - before, 1, `${door.requests() - before} requests went out as one probe`);
  assert.equal(said.filter((one) => !isLeftAlone(one)).length, 1, 'not everybody but the probe was told to come back later');
  await requireSilence(askers, door);
  return 1;
}

async function killTheProbe({ houses, askers, random }: Scene, door: Door): Promise<void> {
  houses.spotify.clearFaults();
  houses.spotify.failNext({ service: door.service, delayMs: SILENT_MS, cut: true });
  houses.spotify.failNext({ service: door.service, times: Number.POSITIVE_INFINITY, status: 503 });
  const before = door.requests();
  const prober = random.pick(askers.processes);
  const probing = door.ask(prober).then(
    () => assert.fail('a probe was answered that nobody answers'),
    () => {},
  );
  while (door.requests() === before) await wait(POLL_MS);
  await askers.replace(prober);
  await probing;
  await requireSilence(askers, door);
  houses.clock.advance(PROBE_MS);
}

function isLeftAlone(said: AskerAnswer): boolean {
  return said.kind === 'refused' && said.why === 'CircuitOpen' && (said.retryAfterMs ?? 0) >= 0;
}
