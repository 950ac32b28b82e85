import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { HttpResponse } from '../responses.ts';

/** Distortions of a successful response. */
export const DISTORTIONS = [
  /** The first item is null; in playlists, an entry without its track. */
  'null_item',
  /** The first playlist entry is a local file. */
  'local_item',
  /** One item fewer than promised, and no further page. */
  'shrink_page',
  /** The page's last item is replaced by its first. */
  'repeat_page',
  /** `total` is three too high. */
  'total_too_high',
  /** The snapshot id before the latest change. */
  'stale_snapshot',
  /** JSON cut off in the middle. */
  'malformed_json',
  /** The JSON word `null`. */
  'null_body',
] as const;
export type Distortion = (typeof DISTORTIONS)[number];

/** A fault to inject. All options can be combined; omitted ones keep the normal behavior. */
export interface Fault {
  readonly method?: string;
  /** Exact path after `/v1` (or of the accounts service), with `*` for any run of characters; in-process also a RegExp. */
  readonly path?: string | RegExp;
  readonly service?: 'api' | 'accounts';
  /** Number of matching requests affected; default 1. All: `Infinity` in-process, −1 over HTTP. */
  readonly times?: number;
  /** Number of matching requests that pass first. */
  readonly skip?: number;
  /** Share of matching requests affected, 0 to 1, drawn with `seed`. */
  readonly share?: number;
  readonly seed?: number;
  readonly status?: number;
  /** A string is sent unchanged, anything else as JSON. `null` is sent as JSON `null`. */
  readonly body?: unknown;
  readonly contentType?: string;
  /** Seconds, or an HTTP-date as text. */
  readonly retryAfter?: number | string;
  /** Execute the request, then fail: the caller sees a failure although the change was made. */
  readonly actFirst?: boolean;
  /** Close the connection: `true` before anything is sent, `body` in the middle of the body. */
  readonly cut?: boolean | 'body';
  /** Delay before the response, in real milliseconds. */
  readonly delayMs?: number;
  readonly distort?: Distortion;
}

export interface FaultQueue {
  add(fault: Fault): void;
  /** Returns the first fault that matches this request and decrements its count. */
  take(request: { service: 'api' | 'accounts'; method: string; path: string }): Fault | undefined;
  pending(): Fault[];
  clear(): void;
}

export function createFaultQueue(): FaultQueue {
  let entries: { fault: Fault; left: number; skip: number; isHit: () => boolean }[] = [];
  return {
    add(fault) {
      const times = fault.times ?? 1;
      const { share = 1, seed = 1 } = fault;
      const random = seededRandom(seed);
      const isHit = () => share >= 1 || random.chance(share);
      entries.push({ fault, left: times < 0 ? Number.POSITIVE_INFINITY : times, skip: fault.skip ?? 0, isHit });
    },
    take(request) {
      if (entries.length === 0) return undefined;
      const entry = entries.find(({ fault, left, isHit }) => left > 0 && matches(fault, request) && isHit());
      if (!entry) return undefined;
      if (entry.skip > 0) {
        entry.skip--;
        return undefined;
      }
      entry.left--;
      entries = entries.filter(({ left }) => left > 0);
      return entry.fault;
    },
    pending: () => entries.map(({ fault, left, skip }) => ({ ...fault, times: left, skip })),
    clear: () => {
      entries = [];
    },
  };
}

function matches(fault: Fault, request: { service: string; method: string; path: string }): boolean {
  if (fault.service !== undefined && fault.service !== request.service) return false;
  if (fault.method !== undefined && fault.method !== request.method) return false;
  if (fault.path === undefined) return true;
  if (typeof fault.path !== 'string') return fault.path.test(request.path);
  if (!fault.path.includes('*')) return fault.path === request.path;
  const pattern = fault.path.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`).test(request.path);
}

/** The response of a fault. Without a status or body of its own, the normal ones are kept. */
export function faultAnswer(fault: Fault, normal: HttpResponse | undefined): HttpResponse {
  const status = fault.status ?? normal?.status ?? 502;
  const isReplaced = fault.status !== undefined || fault.body !== undefined;
  const content = fault.body === undefined && isReplaced ? defaultBody(status) : fault.body;
  const body = !isReplaced ? normal?.body : typeof content === 'string' ? content : JSON.stringify(content);
  const type =
    fault.contentType ??
    (!isReplaced ? normal?.headers?.['content-type'] : typeof content === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8');
  const headers = {
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }),
  };
  return { status, headers, ...(body === undefined ? {} : { body }) };
}

/** Spotify's usual body for a status: its error object, or a gateway's HTML page for 5xx. */
function defaultBody(status: number): unknown {
  if (status === 429) return { error: { status, message: 'API rate limit exceeded' } };
  if (status >= 500) return `<html><head><title>${status}</title></head><body><h1>${status} Server Error</h1></body></html>`;
  return { error: { status, message: 'Sandbox fault' } };
}
