import { syncPlaylists } from '#server/use-cases/sync/apply/sync-playlists.ts';
import { day } from '#shared/ids.ts';
import { openInstance } from '#tests/support/processes/instance.ts';

/** Syncs one day in a separate process. Arguments: database address, the sandbox's variables as JSON, day, fault point at which to die. */
const [databaseUrl = '', sandbox = '{}', on, faultAt = ''] = process.argv.slice(2);
const deps = openInstance(databaseUrl, JSON.parse(sandbox) as Record<string, string>, { variables: { FAULT_AT: faultAt } });
await syncPlaylists(deps, { day: day.parse(on), signal: new AbortController().signal });
await deps.close();
