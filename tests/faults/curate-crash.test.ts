import { SYSTEM } from '#server/actor.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { CURATE_FAULT_POINTS } from '#server/use-cases/curation/fault-points.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import type { PolicyV1Input } from '#shared/contracts/policies/policy.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { sql } from 'drizzle-orm';
import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createBenchDeps } from '../bench/bench-deps.ts';
import { cloneDatabase } from '../support/database.ts';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';
import { measureCuratedDays } from '#tests/support/network/curated-days.ts';
import { startProcess } from '#tests/support/processes/real-process.ts';

// A process takes a second to start, and longer on a busy machine.
vi.setConfig({ testTimeout: 300_000, maxConcurrency: 2 });

const DAY_ONE = '2026-11-21';
const DAY_TWO = addDays(DAY_ONE, 1);
const LISTS = 9;
const CURATE_FOLDER = new URL('../../server/use-cases/curation/', import.meta.url);
const never = new AbortController().signal;

const OCCURRENCES: Record<(typeof CURATE_FAULT_POINTS)[number], readonly number[]> = {
  'curate.after_read': [1],
  'curate.after_decision': [1],
  'curate.after_list': [1, 2, 4, 7, LISTS],
  'curate.before_commit': [1],
  'curate.after_commit': [1],
};
const CRASHES = CURATE_FAULT_POINTS.flatMap((point) => OCCURRENCES[point].map((time) => ({ point, time })));

/** Three playlists each of two policies with separate repeat windows, and three with partial turnover, pins and exclusivity. */
async function openNetwork() {
  const url = await cloneDatabase();
  await fillLargeNetwork(url, { recordings: 4_000, playlists: 6, policies: 2, historyDays: 3, today: DAY_ONE });
  const deps = createBenchDeps(url, new Date(`${DAY_ONE}T04:00:00Z`));
  const body: PolicyV1Input = {
    version: 1,
    pool: { all: [{ field: 'energy', op: 'gte', value: 0.3 }] },
    prefer: [{ field: 'energy', toward: 0.6, spread: 0.2, weight: 1 }],
    size: 20,
    turnover: 0.4,
    rest: { days: 7, scope: 'policy' },
    pins: [{ recording: { recordingId: 5 }, position: 1 }],
    exclusivity: { group: 'house' },
  };
  // The random draw of a policy with its own repeat window depends on its id, so every network gets the same ids.
  let idCount = 0;
  const fixedIdDeps = { ...deps, newId: () => `00000000-0000-7000-8000-${String((idCount += 1)).padStart(12, '0')}` };
  const { id } = await createPolicy({ ...fixedIdDeps, provePolicy }, SYSTEM, { name: 'Keeps a part', body: { ...body, pins: [] } });
  await createPlaylists(fixedIdDeps, SYSTEM, { themeTag: 'Stays', policyId: id, count: 2 });
  const pinned = await createPolicy({ ...fixedIdDeps, provePolicy }, SYSTEM, { name: 'Pins', body });
  await createPlaylists(fixedIdDeps, SYSTEM, { themeTag: 'Pinned', policyId: pinned.id, count: 1 });
  const run = { task: 'curate-playlists', trigger: 'timetable', signal: never } as const;
  const curate = (day: string) => trackRun(deps, run, (report) => curatePlaylists(deps, { day, trigger: run.trigger, signal: never }, report));
  const queued = async () =>
    (await deps.db.execute<{ task: string }>(sql`select task_identifier as task from graphile_worker.jobs`)).rows.map((row) => row.task);
  return { url, deps, curate, queued, [Symbol.asyncDispose]: () => deps.close() };
}

type Network = Awaited<ReturnType<typeof openNetwork>>;

const digestOf = async ({ deps }: Network) => (await measureCuratedDays(deps, { from: DAY_ONE, days: 2 })).digest;

/** Waits until the database has released the locks of the killed process. */
async function untilLocksAreFree({ deps }: Network): Promise<void> {
  await vi.waitFor(async () => {
    const held = await deps.db.execute(
      sql`select 1 from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    );
    expect(held.rows).toHaveLength(0);
  }, 60_000);
}

describe.concurrent('after a killed curation the next run gives the same result as an undisturbed one', () => {
  let undisturbed: string;

  beforeAll(async () => {
    await using network = await openNetwork();
    await network.curate(DAY_ONE);
    await network.curate(DAY_TWO);
    undisturbed = await digestOf(network);
  });

  test.each(CRASHES)('$point, time $time', async ({ point, time }) => {
    await using network = await openNetwork();
    await network.curate(DAY_ONE);
    await network.deps.db.execute(sql`delete from graphile_worker._private_jobs`);
    await using killed = startProcess({ script: 'tests/faults/curate-once.ts', args: [network.url, DAY_TWO, `${point}:${time}`] });
    expect(await killed.exited, killed.output()).toEqual({ code: null, signal: 'SIGKILL' });

    await untilLocksAreFree(network);
    await network.curate(DAY_TWO);
    expect(await digestOf(network)).toBe(undisturbed);
    expect(await network.queued()).toEqual(['sync-playlists']);
  });
});

test('the list of fault points matches all fault points in the sources', () => {
  const sources = readdirSync(CURATE_FOLDER, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && name !== 'fault-points.ts',
  );
  const points = sources.flatMap(
    (name) => readFileSync(new URL(name, CURATE_FOLDER), 'utf8').match(/(?<=')curate\.(?:before|after)_\w+(?=')/g) ?? [],
  );
  expect([...new Set(points)].toSorted()).toEqual(CURATE_FAULT_POINTS.toSorted());
});
