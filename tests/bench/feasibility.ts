import { SYSTEM } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { checkPolicy } from '#server/use-cases/curation/feasibility/check-policy.ts';
import { watchFeasibility } from '#server/use-cases/curation/feasibility/watch-feasibility.ts';
import type { FeasibilityCheckView } from '#shared/contracts/policies/feasibility-views.ts';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openInstance } from '#tests/support/processes/instance.ts';
import { openBenchDatabase } from './bench-database.ts';
import { setUpDemo } from './bench-demo.ts';
import { RECORDED_POLICIES } from './feasibility/recorded-policies.ts';
import { reportFigure, reportObserved } from './figures.ts';

/** No effective request limit for the sandbox. */
const REQUEST_LIMITS = 'spotify:1000000,musicbrainz:1000000';
const TODAY = '2026-11-21';
const HISTORY_DAYS = 6;
const DAYS = 90;
/** Every so many infeasible policies, the conflicts and the nearest policy are waited for, too. */
const WHOLE_EVERY = 5;

interface Measured {
  readonly firstSeconds: number;
  readonly verdictCpuSeconds: number;
  /** How the verdict differs from the recorded one, if it does. */
  readonly difference: string | undefined;
}

/** Checks forty policies beside the demo network: the first answer, the exact verdict, and whether both agree with recorded verdicts. */
export async function benchFeasibility(): Promise<void> {
  await using database = await openBenchDatabase();
  await using sandbox = await startSandbox({ catalog: { albums: 2_000, seed: 1 } });
  const deps = openInstance(database.url, sandbox.env, {
    now: () => new Date(`${TODAY}T05:00:00Z`),
    variables: { VENDOR_REQUESTS_PER_MINUTE: REQUEST_LIMITS },
  });
  try {
    await setUpDemo(deps, sandbox, { today: TODAY, historyDays: HISTORY_DAYS });
    // An editor that opens reads the catalog first, for its counts.
    await checkPolicy(deps, SYSTEM, { body: { version: 1, pool: { all: [] } }, playlists: 1, days: DAYS, feasibility: false });
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const measured: Measured[] = [];
    const wholeCpuSeconds: number[] = [];
    for (const [at, policy] of RECORDED_POLICIES.entries()) {
      measured.push(await measure(deps, policy));
      if (policy.failsOn !== null && at % WHOLE_EVERY === 0) wholeCpuSeconds.push(await measureWhole(deps, policy));
    }
    delay.disable();
    reportFigure('feasibility.first-seconds-p95', p95(measured.map((one) => one.firstSeconds)), { atMost: 1 });
    reportFigure('feasibility.verdict-cpu-seconds-p95', p95(measured.map((one) => one.verdictCpuSeconds)), { atMost: 10 });
    reportFigure('feasibility.as-recorded', measured.filter((one) => one.difference === undefined).length, { atLeast: RECORDED_POLICIES.length });
    for (const [at, { difference }] of measured.entries()) if (difference) console.log(`DIFFERENT policy ${at}: ${difference}`);
    reportFigure('feasibility.event-loop-gap-ms', delay.max / 1e6, { atMost: 100 });
    reportObserved('feasibility.whole-cpu-seconds-max', Math.max(...wholeCpuSeconds), 's with conflicts and the nearest policy');
  } finally {
    await deps.close();
  }
}

type Recorded = (typeof RECORDED_POLICIES)[number];

/** Follows a check until its verdict is exact, then leaves. */
async function measure(deps: Deps, policy: Recorded): Promise<Measured> {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  let firstSeconds: number | undefined;
  let verdict: FeasibilityCheckView | undefined;
  let [firstVerdict, isContradicted]: [FeasibilityCheckView['verdict'], boolean] = ['open', false];
  for await (const state of await watch(deps, policy)) {
    firstSeconds ??= (performance.now() - startedAt) / 1000;
    isContradicted ||= firstVerdict !== 'open' && state.verdict !== firstVerdict;
    firstVerdict = firstVerdict === 'open' ? state.verdict : firstVerdict;
    verdict = state;
    if (state.stage === 'conflicts' || state.result) break;
  }
  const failsOn = verdict?.verdict === 'infeasible' ? verdict.failure?.day : null;
  const difference = isContradicted
    ? `first ${firstVerdict}, then ${verdict?.verdict}`
    : verdict?.verdict === 'open'
      ? 'no exact verdict'
      : failsOn === policy.failsOn
        ? undefined
        : `recorded ${policy.failsOn}, now ${failsOn}${verdict?.failure?.isLatest ? ' at the latest' : ''}`;
  return { firstSeconds: firstSeconds ?? Infinity, verdictCpuSeconds: secondsSince(cpu), difference };
}

async function measureWhole(deps: Deps, policy: Recorded): Promise<number> {
  const cpu = process.cpuUsage();
  for await (const state of await watch(deps, policy)) if (state.stage === null) break;
  return secondsSince(cpu);
}

function watch(
  deps: Deps,
  { pool, size, days, scope, perArtist, perAlbum, turnover }: Recorded,
): Promise<AsyncGenerator<FeasibilityCheckView, void>> {
  const body = { version: 1, pool, size, rest: { days, scope }, caps: { perArtist, perAlbum }, turnover };
  return watchFeasibility(deps, SYSTEM, { body, playlists: 1, days: DAYS });
}

function secondsSince(cpu: NodeJS.CpuUsage): number {
  const used = process.cpuUsage(cpu);
  return (used.user + used.system) / 1e6;
}

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Infinity;
}
