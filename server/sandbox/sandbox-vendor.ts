import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { listen } from './http-server.ts';
import { isFromOtherPage } from './web-page-guard.ts';

/** A response of a small sandbox vendor. */
export interface VendorResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is, anything else as JSON. */
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
  /** Close the connection without a response. */
  readonly cut?: boolean;
  readonly delayMs?: number;
}

export interface VendorRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly userAgent: string;
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

/** Starts a read-only sandbox vendor on the loopback interface. `answer` is a pure function; injected faults are applied before it. */
export async function startSandboxVendor(port: number, answer: (request: VendorRequest) => VendorResponse): Promise<SandboxVendor> {
  const faults: PendingFault[] = [];
  const seen: string[] = [];
  let origin = '';
  const server = createServer((request, response) => {
    if (isFromOtherPage(request.headers, origin)) {
      response.writeHead(403).end('The sandbox is not available to other web pages.');
      return;
    }
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const fault = takeFault(faults);
    seen.push(url.pathname + url.search);
    if (seen.length > LOG_SIZE) seen.shift();
    const normal =
      fault?.status === undefined
        ? answer({ path: url.pathname, query: url.searchParams, userAgent: request.headers['user-agent'] ?? '' })
        : undefined;
    const { status = normal?.status ?? 500, headers = normal?.headers ?? {}, body = normal?.body ?? '' } = fault ?? {};
    const isText = typeof body === 'string';
    const reply = () => {
      if (fault?.cut) return response.destroy();
      response.writeHead(status, { 'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8', ...headers });
      return response.end(isText ? body : JSON.stringify(body));
    };
    if (fault?.delayMs === undefined) reply();
    else void wait(fault.delayMs).then(reply);
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

/** Returns the first fault that applies. Faults that still skip requests count this one. */
function takeFault(faults: readonly PendingFault[]): VendorFault | undefined {
  for (const entry of faults) {
    if (entry.left <= 0 || !entry.isHit()) continue;
    if (entry.skip > 0) entry.skip--;
    else {
      entry.left--;
      return entry.fault;
    }
  }
  return undefined;
}
