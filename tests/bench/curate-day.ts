import { createBenchDeps } from './bench-deps.ts';
import { peakMemory } from './child.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';

const [url = '', day = ''] = process.argv.slice(2);
const deps = createBenchDeps(url, new Date(`${day}T04:00:00Z`));
const startedAt = performance.now();
const { outcome } = await curatePlaylists(deps, { day, trigger: 'bench', signal: new AbortController().signal });
const seconds = (performance.now() - startedAt) / 1000;
await deps.close();
console.log(JSON.stringify({ seconds, outcome, peakBytes: peakMemory() }));
