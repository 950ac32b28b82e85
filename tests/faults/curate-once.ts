import { createFaultPoint } from '#server/runtime/fault-point.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { trackRun } from '#server/use-cases/operations/jobs/track-run.ts';
import { createBenchDeps } from '../bench/bench-deps.ts';

/** Curates one day in a separate process, as the scheduler would. Arguments: database address, day, fault point at which to die. */
const [databaseUrl = '', day = '', faultAt] = process.argv.slice(2);
const deps = { ...createBenchDeps(databaseUrl, new Date(`${day}T04:00:00Z`)), faultPoint: createFaultPoint(faultAt) };
const { signal } = new AbortController();
const run = { task: 'curate-playlists', trigger: 'timetable', signal } as const;
await trackRun(deps, run, (report) => curatePlaylists(deps, { day, trigger: run.trigger, signal }, report));
await deps.close();
