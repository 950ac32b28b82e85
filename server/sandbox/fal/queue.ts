import type { PaidCall } from '#server/sandbox/paid-calls.ts';
import { textHash } from '#server/sandbox/text-hash.ts';
import type { FalOrder } from './orders.ts';

/** How long the sandbox's requests take. Without it a request moves on with each look at its status, which needs no waiting. */
export interface FalTiming {
  readonly queueMs: number;
  readonly runMs: number;
}

/** One request in the queue: IN_QUEUE → IN_PROGRESS → COMPLETED, or canceled while it is queued. */
export interface FalRequest {
  readonly id: string;
  readonly endpoint: string;
  order: FalOrder;
  readonly submittedMs: number;
  /** The scripted result; undefined for pictures. */
  readonly plays: string | undefined;
  looks: number;
  completedMs: number | undefined;
  isCanceled: boolean;
}

/** Requests whose pictures are still known. */
const FILES_KEPT = 60;

/** Results that are made and not charged. */
const FREE = new Set(['runner_lost', 'model_error', 'content_policy', 'input_unavailable', 'nothing_made', 'picture_unreadable', 'mask_mismatch']);

export type FalState = 'IN_QUEUE' | 'IN_PROGRESS' | 'COMPLETED';

/** The requests of the sandbox's fal. */
export function createFalQueue(now: () => number) {
  const requests = new Map<string, FalRequest>();
  let timing: FalTiming | undefined;
  const stateOf = (request: FalRequest): FalState => {
    if (request.completedMs !== undefined) return 'COMPLETED';
    const ageMs = now() - request.submittedMs;
    const isRunning = timing ? ageMs >= timing.queueMs : request.looks >= 1;
    const isDone = timing ? ageMs >= timing.queueMs + timing.runMs : request.looks >= 2;
    if (isDone) request.completedMs = now();
    return isDone ? 'COMPLETED' : isRunning ? 'IN_PROGRESS' : 'IN_QUEUE';
  };
  return {
    add: (given: Pick<FalRequest, 'endpoint' | 'order' | 'plays'>): FalRequest => {
      const id = `${textHash(`${requests.size}:${given.order.input.prompt ?? ''}`)
        .toString(16)
        .padStart(8, '0')}-${String(requests.size).padStart(4, '0')}`;
      const request = { ...given, id, submittedMs: now(), looks: 0, completedMs: undefined, isCanceled: false };
      requests.set(id, request);
      const old = [...requests.values()].at(-FILES_KEPT - 1);
      if (old) old.order = { ...old.order, picture: undefined, mask: undefined };
      return request;
    },
    find: (id: string): FalRequest | undefined => requests.get(id),
    /** The state at this look; without a timing each look moves the request on. */
    look: (request: FalRequest): FalState => {
      const state = stateOf(request);
      request.looks += 1;
      return state;
    },
    stateOf,
    position: (request: FalRequest): number =>
      [...requests.values()].filter((one) => one.submittedMs < request.submittedMs && stateOf(one) === 'IN_QUEUE').length,
    setTiming: (next: FalTiming | undefined) => void (timing = next),
    /** fal charges for what ran, whether or not anybody asks for the result. */
    paid: (): readonly PaidCall[] =>
      [...requests.values()]
        .filter((request) => !request.isCanceled && !FREE.has(request.plays ?? request.order.fails ?? ''))
        .map(({ id, endpoint, order }) => ({
          vendor: 'fal',
          requestId: id,
          endpoint,
          prompt: order.input.prompt ?? '',
          usdMicros: order.usdMicros,
        })),
  };
}

export type FalQueue = ReturnType<typeof createFalQueue>;
