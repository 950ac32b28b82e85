import type { Settings } from '#server/deps.ts';
import { isWithoutIdentity } from '#server/http/request-identity.ts';
import type { DataSubject } from '#server/repos/data-versions.ts';
import type { Request } from 'express';

/** Pages about playlists show music, lists, the ledger and what is on Spotify. */
const EVERYTHING: readonly DataSubject[] = ['catalog', 'lists', 'ledger', 'replicas'];

/**
 * The public procedures whose answer is the same for everyone who is not signed in, and the data that each may read. A test runs each one and fails
 * when it reads a table that does not advance one of these versions.
 */
export const SHARED_PROCEDURES: ReadonlyMap<string, readonly DataSubject[]> = new Map([
  ['auth.status', []],
  ['playlists.overview', EVERYTHING],
  ['playlists.playlist', EVERYTHING],
  ['playlists.trends', EVERYTHING],
  ['playlists.certificate', EVERYTHING],
  ['playlists.history', EVERYTHING],
  ['playlists.diffDays', EVERYTHING],
]);

const PREFIX = '/trpc/';

/** Headers of requests that the ordinary handler treats in a way of its own: another format, a body, or a refusal. */
const UNUSUAL = ['trpc-accept', 'content-type', 'content-length', 'transfer-encoding'];

/** Whether a request may get a shared answer at all: a plain GET of procedures, from somebody who shows no identity. */
export function mayBeShared(settings: Pick<Settings, 'publicUrl'>, request: Request): boolean {
  const isPlain = request.method === 'GET' && request.url.startsWith(PREFIX) && UNUSUAL.every((name) => request.headers[name] === undefined);
  return isPlain && isWithoutIdentity(settings, request);
}

/** The subjects that an address depends on; undefined when its answer must not be shared, or when it is unusual in any way. */
export function subjectsOf(url: string): readonly DataSubject[] | undefined {
  const [path = '', search = ''] = url.split('?', 2);
  const procedures = path.slice(PREFIX.length).split(',');
  if (!hasPlainParameters(new URLSearchParams(search), procedures.length)) return undefined;
  const subjects = procedures.map((procedure) => SHARED_PROCEDURES.get(procedure));
  return subjects.every((some) => some !== undefined) ? [...new Set(subjects.flat())] : undefined;
}

/** `batch=1` where there are several calls, `input`, each at most once, and nothing else. */
function hasPlainParameters(parameters: URLSearchParams, calls: number): boolean {
  const batch = parameters.getAll('batch');
  const inputs = parameters.getAll('input').length;
  const isBatch = batch.length === 1 && batch[0] === '1';
  return (isBatch || (batch.length === 0 && calls === 1)) && inputs <= 1 && parameters.size === batch.length + inputs;
}
