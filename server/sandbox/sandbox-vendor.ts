import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { listen, readBody } from './http-server.ts';
import { isFromOtherPage } from './web-page-guard.ts';

/** A response of a small sandbox vendor. */
export interface VendorResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is, bytes as a file, anything else as JSON. */
  readonly body: unknown;
}

/** A fault to inject at a small sandbox vendor. */
export interface VendorFault extends Partial<VendorResponse> {
  /** Number of requests affected; default 1. */
  readonly times?: number;
  /** Number of requests that pass first. */
  readonly skip?: number;
  /** Share of requests affected, 0 to 1, drawn with `seed`. */
  readonly share?: number;
  readonly seed?: number;
  /** Close the connection without a response, or in the middle of the body. */
  readonly cut?: boolean | 'body';
  /** The vendor does what it was asked before a `status` or a `cut` replaces its response. */
  readonly actFirst?: boolean;
  readonly delayMs?: number;
  /** A fault that the vendor's own code plays, such as a refusal; see each vendor. */
  readonly plays?: string;
  /** Only requests whose path contains this text. */
  readonly path?: string;
}

export interface VendorRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly userAgent: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** `plays` of the fault that this request meets. */
  readonly plays: string | undefined;
}

export interface SandboxVendor extends AsyncDisposable {
  /** Without a trailing slash. */
  readonly url: string;
  failNext(fault: VendorFault): void;
  clearFaults(): void;
  /** Paths with query of the latest 2,000 requests, oldest first. */
  requests(): readonly string[];
  close(): Promise<void>;
}

interface PendingFault {
  readonly fault: VendorFault;
  left: number;
  skip: number;
  readonly isHit: () => boolean;
}

/** Number of requests kept for tests. */
const LOG_SIZE = 2000;

/** Starts a sandbox vendor on the loopback interface. A fault replaces the response of `answer`, which it only calls with `actFirst`. */
export async function startSandboxVendor(
  port: number,
  answer: (request: VendorRequest) => VendorResponse | Promise<VendorResponse>,
  { bodyBytesMax }: { readonly bodyBytesMax?: number } = {},
): Promise<SandboxVendor> {
  const faults: PendingFault[] = [];
  const seen: string[] = [];
  let origin = '';
  const server = createServer((request, response) => {
    if (isFromOtherPage(request.headers, origin)) {
      response.writeHead(403).end('The sandbox is not available to other web pages.');
      return;
    }
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const fault = takeFault(faults, url.pathname);
    seen.push(url.pathname + url.search);
    if (seen.length > LOG_SIZE) seen.shift();
    const { method = 'GET', headers } = request;
    const normal = async (): Promise<VendorResponse> => {
      const body = await readBody(request, bodyBytesMax);
      const { status, cut, actFirst } = fault ?? {};
      if ((status !== undefined || cut === true) && !actFirst) return { status: status ?? 500, body: '' };
      if (body === undefined) return { status: 413, body: 'Payload Too Large' };
      const { pathname: path, searchParams: query } = url;
      return answer({ path, query, userAgent: headers['user-agent'] ?? '', method, headers, body, plays: fault?.plays });
    };
    const reply = async (): Promise<void> => {
      const made = await normal();
      if (fault?.delayMs !== undefined) await wait(fault.delayMs);
      if (fault?.cut === true) response.destroy();
      else write(response, replaced(made, fault), fault?.cut);
    };
    reply().catch(() => response.destroy());
  });
  const listening = await listen(server, port);
  origin = listening.origin;
  const close = () => listening.close();
  return {
    url: listening.origin,
    failNext: (fault) => {
      const { times = 1, skip = 0, share = 1, seed = 1 } = fault;
      const random = seededRandom(seed);
      faults.push({ fault, left: times, skip, isHit: () => share >= 1 || random.chance(share) });
    },
    clearFaults: () => void faults.splice(0),
    requests: () => seen,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A fault with a status replaces the whole response. */
function replaced(made: VendorResponse, fault: VendorFault | undefined): VendorResponse {
  if (fault?.status === undefined) return made;
  return { status: fault.status, headers: fault.headers ?? {}, body: fault.body ?? '' };
}

function write(response: ServerResponse, { status, headers = {}, body }: VendorResponse, cut: VendorFault['cut']): void {
  const isFile = body instanceof Uint8Array;
  const type = isFile ? 'application/octet-stream' : `${typeof body === 'string' ? 'text/plain' : 'application/json'}; charset=utf-8`;
  const bytes = isFile ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length, ...headers });
  if (cut !== 'body') response.end(bytes);
  else response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

/** Returns the first fault that applies. Faults that still skip requests count this one. */
function takeFault(faults: readonly PendingFault[], path: string): VendorFault | undefined {
  for (const entry of faults) {
    if (entry.left <= 0 || (entry.fault.path !== undefined && !path.includes(entry.fault.path)) || !entry.isHit()) continue;
    if (entry.skip > 0) entry.skip--;
    else {
      entry.left--;
      return entry.fault;
    }
  }
  return undefined;
}
