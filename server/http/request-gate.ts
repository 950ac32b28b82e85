import { AppError } from '#shared/errors.ts';
import type { RequestHandler, Response } from 'express';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import pLimit from 'p-limit';
import { sendError } from './errors.ts';

/** Who waits for whom: an operator's long calculation does not keep listeners waiting, nor the other way round. */
type Lane = 'public' | 'operator';

/** Admits requests to their handlers, or answers 503 when too many are in progress. */
export interface RequestGate {
  /** Calls `run` at once, or when a running request of the lane has been answered, or never. */
  enter(lane: Lane, response: Response, run: () => void): void;
}

/** Twice the database connections of a lane, since many requests need none or one for a moment only; the others wait briefly for a connection. */
const RUNNING_MAX = 16;
/** Ten times the running ones: at 10 ms a request they are all answered in time. */
const WAITING_MAX = 160;
/** A person waits this long; a request that waited longer is refused without being handled, because its sender has probably left. */
const WAIT_MAX_MS = 2_000;
const RETRY_AFTER_MS = 2_000;
const DELAY_RESOLUTION_MS = 20;
const DELAY_SAMPLE_MS = 500;
/** The mean delay of the event loop above which the process cannot keep up. A single long pause stays below it. */
const DELAY_MAX_MS = 300;

/**
 * Load shedding for one process. States of a request: running → answered | waiting → running | refused. Running ends with the first byte of the answer,
 * so neither a slow reader nor an event stream occupies a place. While the event loop is behind (`isBehind`), nobody waits: what cannot run is refused
 * at once.
 */
export function createRequestGate(isBehind: () => boolean = watchEventLoop()): RequestGate {
  const lanes = { public: pLimit(RUNNING_MAX), operator: pLimit(RUNNING_MAX) };
  return {
    enter: (lane, response, run) => {
      const places = lanes[lane];
      const isFull = places.activeCount + places.pendingCount >= RUNNING_MAX;
      if (isFull && (places.pendingCount >= WAITING_MAX || isBehind())) return refuse(response);
      const arrivedMs = performance.now();
      return void places(() => {
        if (response.closed || response.destroyed) return undefined;
        if (performance.now() - arrivedMs > WAIT_MAX_MS) return refuse(response);
        const answered = untilAnswered(response);
        run();
        return answered;
      });
    },
  };
}

/** The gate as a handler, for routes that anyone may request. */
export function gatePublic(gate: RequestGate): RequestHandler {
  return (_request, response, next) => gate.enter('public', response, next);
}

function refuse(response: Response): void {
  sendError(
    response,
    new AppError('unavailable', {
      message: 'Segue has too many requests at the moment.',
      remedy: 'Try again in a few seconds.',
      retryAfterMs: RETRY_AFTER_MS,
    }),
  );
}

/** Resolves when the head of the answer is written, or the connection has closed. */
function untilAnswered(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => Response;
    response.writeHead = (...args: unknown[]) => {
      resolve();
      return writeHead(...args);
    };
    response.once('close', resolve);
  });
}

/** Whether the event loop is behind: its mean delay of the last half second or more, measured when a request asks. */
function watchEventLoop(): () => boolean {
  const delays = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
  delays.enable();
  let [sampledMs, meanMs] = [performance.now(), 0];
  return () => {
    const nowMs = performance.now();
    if (nowMs - sampledMs >= DELAY_SAMPLE_MS) {
      [sampledMs, meanMs] = [nowMs, delays.mean / 1e6];
      delays.reset();
    }
    return meanMs > DELAY_MAX_MS;
  };
}
