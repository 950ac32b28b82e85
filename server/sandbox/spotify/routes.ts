import type { CapabilityProfile } from '#shared/vocabulary.ts';
import type { HttpResponse } from './responses.ts';
import type { ApiRequest } from './api-request.ts';
import type { QuotaEndpoint } from './control/request-limits.ts';
import type { SandboxContext } from './state/sandbox-context.ts';

/** One endpoint. `closed` lists the profiles that may not use it, with the error response. */
export interface Route {
  readonly method: string;
  /** `/playlists/:id/items` */
  readonly pattern: string;
  readonly bucket: QuotaEndpoint;
  readonly closed?: Partial<Record<CapabilityProfile, HttpResponse>>;
  handle(sandbox: SandboxContext, request: ApiRequest): HttpResponse;
}

/** Indexes routes by method and number of segments, so that a lookup needs only a few comparisons. */
export function createRouteTable(routes: readonly Route[]) {
  const table = new Map<string, { route: Route; segments: string[] }[]>();
  for (const route of routes) {
    const segments = route.pattern.slice(1).split('/');
    const key = `${route.method} ${segments.length}`;
    table.set(key, [...(table.get(key) ?? []), { route, segments }]);
  }
  return (method: string, path: string): { route: Route; params: Record<string, string> } | undefined => {
    const requested = path.slice(1).split('/');
    for (const { route, segments } of table.get(`${method} ${requested.length}`) ?? []) {
      const params = match(segments, requested);
      if (params) return { route, params };
    }
    return undefined;
  };
}

function match(segments: readonly string[], requested: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (let i = 0; i < segments.length; i++) {
    const expected = segments[i] ?? '';
    const actual = requested[i] ?? '';
    if (expected.startsWith(':')) params[expected.slice(1)] = safeDecode(actual);
    else if (expected !== actual) return undefined;
  }
  return params;
}

function safeDecode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
