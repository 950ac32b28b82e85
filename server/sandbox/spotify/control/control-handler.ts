import { z } from 'zod';
import { json, NOT_FOUND } from '../responses.ts';
import type { HttpResponse } from '../responses.ts';
import type { SandboxControl } from './control.ts';
import { DISTORTIONS } from './faults.ts';
import { QUOTA_ENDPOINTS } from './request-limits.ts';
import type { SandboxContext } from '../state/sandbox-context.ts';

const faultInput = z.strictObject({
  method: z.string().exactOptional(),
  path: z.string().exactOptional(),
  service: z.enum(['api', 'accounts']).exactOptional(),
  times: z.int().exactOptional(),
  skip: z.int().nonnegative().exactOptional(),
  status: z.int().exactOptional(),
  body: z.unknown().exactOptional(),
  contentType: z.string().exactOptional(),
  retryAfter: z.union([z.number(), z.string()]).exactOptional(),
  actFirst: z.boolean().exactOptional(),
  cut: z.union([z.boolean(), z.literal('body')]).exactOptional(),
  delayMs: z.number().nonnegative().exactOptional(),
  distort: z.enum(DISTORTIONS).exactOptional(),
});

const INPUTS = {
  '/clock': z.strictObject({ advanceMs: z.number() }),
  '/switches': z.strictObject({
    rotation: z.boolean().exactOptional(),
    ownerHasPremium: z.boolean().exactOptional(),
    listLagMs: z.number().exactOptional(),
    coverDelayMs: z.number().exactOptional(),
  }),
  '/rate': z.strictObject({ requests: z.int().positive(), windowMs: z.number().positive() }).nullable(),
  '/quota': z.strictObject({ bucket: z.enum(QUOTA_ENDPOINTS), remaining: z.int().nonnegative() }),
  '/albums': z.strictObject({ id: z.string(), condition: z.enum(['gone', 'region_blocked', 'empty']).nullable() }),
  '/people': z.strictObject({
    id: z.string().min(1),
    displayName: z.string().min(1),
    country: z.string().exactOptional(),
    allowListed: z.boolean().exactOptional(),
  }),
  '/revoke': z.strictObject({ personId: z.string() }),
  '/scopes': z.strictObject({ personId: z.string(), scopes: z.array(z.string()) }),
  '/close-account': z.strictObject({ personId: z.string() }),
} as const;
const editInput = z.strictObject({
  uris: z.array(z.string().nullable()).exactOptional(),
  name: z.string().exactOptional(),
  description: z.string().exactOptional(),
  public: z.boolean().exactOptional(),
});

interface ControlRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Buffer;
}

/** `SandboxControl` over HTTP: the same operations with JSON bodies under `/_sandbox/`. Invalid input gets a 400 with the problem. */
export function handleControl(sandbox: SandboxContext, control: SandboxControl, request: ControlRequest): HttpResponse {
  try {
    return answer(sandbox, control, request) ?? NOT_FOUND;
  } catch (error) {
    if (error instanceof z.ZodError) return json(400, { problem: z.prettifyError(error) });
    if (error instanceof RangeError || error instanceof SyntaxError) return json(400, { problem: error.message });
    throw error;
  }
}

const WRITES = new Set(['POST', 'PUT', 'DELETE']);

function answer(sandbox: SandboxContext, control: SandboxControl, request: ControlRequest): HttpResponse | undefined {
  return WRITES.has(request.method) ? write(control, request) : read(sandbox, control, request);
}

function read(sandbox: SandboxContext, control: SandboxControl, { path, query }: ControlRequest): HttpResponse | undefined {
  if (path === '/log') return json(200, { totals: control.totals(), requests: control.requests() });
  if (path === '/faults') return json(200, sandbox.faults.pending());
  if (path === '/people') return json(200, control.people());
  if (path === '/clock') return json(200, { now: control.now() });
  if (path === '/playlists') return json(200, control.playlists(query.get('owner') ?? undefined));
  if (path === '/catalog/albums') return json(200, albumPage(sandbox, query));
  const [, area, id = ''] = path.split('/');
  const playlist = area === 'playlists' ? control.playlist(id) : undefined;
  return playlist && json(200, playlist);
}

/** Album ids in catalog order, for seeding. */
function albumPage(sandbox: SandboxContext, query: URLSearchParams): { total: number; profile: string; ids: string[] } {
  const offset = Number(query.get('offset') ?? 0);
  const limit = Number(query.get('limit') ?? 100);
  const ids = Array.from({ length: Math.max(0, limit) }, (_, i) => sandbox.catalog.albumIdAt(offset + i)).filter((id) => id !== undefined);
  return { total: sandbox.catalog.albumCount, profile: sandbox.profile, ids };
}

function write(control: SandboxControl, { method, path, body }: ControlRequest): HttpResponse | undefined {
  const input: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  if (path === '/faults' && method === 'DELETE') return done(control.clearFaults());
  if (path === '/faults') return done([input].flat().forEach((fault) => control.failNext(faultInput.parse(fault))));
  if (path === '/reset') return done(control.reset());
  if (path === '/log' && method === 'DELETE') return done(control.clearRequests());
  if (path === '/clock') return done(control.advance(INPUTS[path].parse(input).advanceMs));
  if (path === '/switches') return done(control.setSwitches(INPUTS[path].parse(input)));
  if (path === '/rate') return done(control.setRateWindow(INPUTS[path].parse(input) ?? undefined));
  return writeResource(control, path, input);
}

function writeResource(control: SandboxControl, path: string, input: unknown): HttpResponse | undefined {
  if (path === '/quota') {
    const { bucket, remaining } = INPUTS[path].parse(input);
    return done(control.setQuota(bucket, remaining));
  }
  if (path === '/albums') {
    const { id, condition } = INPUTS[path].parse(input);
    return done(control.setAlbum(id, condition ?? undefined));
  }
  if (path === '/people') {
    const { id, displayName, ...rest } = INPUTS[path].parse(input);
    return done(control.addPerson(id, displayName, rest));
  }
  if (path === '/revoke') return done(control.revoke(INPUTS[path].parse(input).personId));
  if (path === '/close-account') return done(control.deletePerson(INPUTS[path].parse(input).personId));
  if (path === '/scopes') {
    const { personId, scopes } = INPUTS[path].parse(input);
    return done(control.reduceScopes(personId, scopes));
  }
  const [, area, id = ''] = path.split('/');
  return area === 'playlists' && id !== '' ? done(control.editPlaylist(id, editInput.parse(input))) : undefined;
}

const DONE = json(200, { ok: true });

function done(_result: void): HttpResponse {
  return DONE;
}
