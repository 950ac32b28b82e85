import { ingestAlbums } from '#server/use-cases/catalog/ingest/ingest-albums.ts';
import { openHouse } from '#tests/support/processes/house.ts';
import { peakMemory } from './child.ts';

/** Ingests what is queued, in a process of its own. Arguments: database, the sandbox's variables as JSON, further variables as JSON. */
const [url = '', sandbox = '{}', more = '{}'] = process.argv.slice(2);
const deps = openHouse(url, JSON.parse(sandbox) as Record<string, string>, { variables: JSON.parse(more) as Record<string, string> });
const began = performance.now();
const { outcome } = await ingestAlbums(deps, 'bench', new AbortController().signal);
const seconds = (performance.now() - began) / 1000;
await deps.close();
console.log(JSON.stringify({ seconds, outcome, peakBytes: peakMemory() }));
