import { ingestAlbums } from '#server/use-cases/catalog/ingest/ingest-albums.ts';
import { openInstance } from '#tests/support/processes/instance.ts';
import { peakMemory } from './child.ts';

/** Ingests the queued albums in a separate process. Arguments: database address, the sandbox's variables as JSON, more variables as JSON. */
const [url = '', sandbox = '{}', variables = '{}'] = process.argv.slice(2);
const deps = openInstance(url, JSON.parse(sandbox) as Record<string, string>, { variables: JSON.parse(variables) as Record<string, string> });
const startedAt = performance.now();
const { outcome } = await ingestAlbums(deps, { signal: new AbortController().signal });
const seconds = (performance.now() - startedAt) / 1000;
await deps.close();
console.log(JSON.stringify({ seconds, outcome, peakBytes: peakMemory() }));
