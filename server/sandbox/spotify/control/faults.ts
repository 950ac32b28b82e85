import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { Answer } from '../answers.ts';

/** Dirt in an answer that is otherwise a success. */
export const DISTORTIONS = [
  /** The first element of the list is null; in playlists, an entry without its track. */
  'null_item',
  /** The first playlist entry is a local file. */
  'local_item',
  /** One item fewer than was promised, and no further page. */
  'shrink_page',
  /** The page holds its first item in place of its last. */
  'repeat_page',
  /** `total` says three more than there are. */
  'total_too_high',
  /** The snapshot id of one change ago. */
  'stale_snapshot',
  /** JSON that stops in the middle. */
  'malformed_json',
  /** The JSON word `null`. */
  'null_body',
] as const;
export type Distortion = (typeof DISTORTIONS)[number];

/** One thing to go wrong. Everything can be combined; what is not said stays as it would have been. */
export interface Fault {
  readonly method?: string;
  /** Exact path after `/v1` (or of the accounts service), with `*` for any run of characters; in-process also a RegExp. */
  readonly path?: string | RegExp;
  readonly service?: 'api' | 'accounts';
  /** How many matching requests are hit; 1 unless said, `Infinity` in-process or −1 over HTTP for all. */
  readonly times?: number;
  /** So many matching requests pass first. */
  readonly skip?: number;
  /** Of the matching requests only this share is hit, 0 to 1, drawn from `seed`. */
  readonly share?: number;
  readonly seed?: number;
  readonly status?: number;
  /** A string is sent as it is; anything else as JSON. `null` is the JSON word. */
  readonly body?: unknown;
  readonly contentType?: string;
  /** Seconds, or an HTTP-date as text. */
  readonly retryAfter?: number | string;
  /** Carry the request out first, then fail: what the caller sees is not what happened. */
  readonly actFirst?: boolean;
  /** Close the connection instead of answering: before anything is sent, or in the middle of the body. */
  readonly cut?: boolean | 'body';
  /** Real milliseconds to wait before answering. */
  readonly delayMs?: number;
  readonly distort?: Distortion;
}

export interface FaultBook {
  add(fault: Fault): void;
  /** The first fault that hits this request, counted down. */
  take(request: { service: 'api' | 'accounts'; method: string; path: string }): Fault | undefined;
  pending(): Fault[];
  clear(): void;
}

export function createFaultBook(): FaultBook {
  let entries: { fault: Fault; left: number; skip: number; isItsTurn: () => boolean }[] = [];
  return {
    add(fault) {
      const times = fault.times ?? 1;
      const { share = 1, seed = 1 } = fault;
      const random = seededRandom(seed);
      const isItsTurn = () => share >= 1 || random.chance(share);
      entries.push({ fault, left: times < 0 ? Number.POSITIVE_INFINITY : times, skip: fault.skip ?? 0, isItsTurn });
    },
    take(request) {
      if (entries.length === 0) return undefined;
      const entry = entries.find(({ fault, left, isItsTurn }) => left > 0 && hits(fault, request) && isItsTurn());
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

function hits(fault: Fault, request: { service: string; method: string; path: string }): boolean {
  if (fault.service !== undefined && fault.service !== request.service) return false;
  if (fault.method !== undefined && fault.method !== request.method) return false;
  if (fault.path === undefined) return true;
  if (typeof fault.path !== 'string') return fault.path.test(request.path);
  if (!fault.path.includes('*')) return fault.path === request.path;
  const pattern = fault.path.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`).test(request.path);
}

/** The answer a fault gives in place of the true one; without a status of its own the true one stays. */
export function faultAnswer(fault: Fault, truth: Answer | undefined): Answer {
  const status = fault.status ?? truth?.status ?? 502;
  const isOwn = fault.status !== undefined || fault.body !== undefined;
  const said = fault.body === undefined && isOwn ? defaultBody(status) : fault.body;
  const body = !isOwn ? truth?.body : typeof said === 'string' ? said : JSON.stringify(said);
  const type =
    fault.contentType ??
    (!isOwn ? truth?.headers?.['content-type'] : typeof said === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8');
  const headers = {
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }),
  };
  return { status, headers, ...(body === undefined ? {} : { body }) };
}

/** What Spotify says with a bare status: its own words for 429, a gateway's HTML page for 5xx. */
function defaultBody(status: number): unknown {
  if (status === 429) return { error: { status, message: 'API rate limit exceeded' } };
  if (status >= 500) return `<html><head><title>${status}</title></head><body><h1>${status} Server Error</h1></body></html>`;
  return { error: { status, message: 'Sandbox fault' } };
}
