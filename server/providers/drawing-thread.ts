import { AppError } from '#shared/errors.ts';
import type { ErrorCode } from '#shared/errors.ts';
import type { MessagePort } from 'node:worker_threads';
import { Worker } from 'node:worker_threads';

/** What a drawing thread is sent. */
interface DrawingMessage<Task> {
  readonly id: number;
  readonly task: Task;
}

/** Its answer: the result, or the error in parts, because an error's class does not survive the way between threads. */
type DrawingAnswer<Result> =
  | { readonly id: number; readonly result: Result }
  | {
      readonly id: number;
      readonly failure: {
        readonly message: string;
        readonly code?: ErrorCode;
        readonly remedy?: string | undefined;
        readonly field?: string | undefined;
      };
    };

/** Runs one task in the thread. An abort stops the waiting at once; the result is then thrown away. */
export type DrawInThread<Task, Result> = (task: Task, signal: AbortSignal) => Promise<Result>;

interface Waiting<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
  /** Stops listening for an abort. */
  readonly settled: () => void;
}

/**
 * Draws off the main event loop: one thread, one task after the other. Throws what the task throws.
 *
 * States of the thread: none → running (started by the first task) → none (when it ends; tasks in progress fail, the next one starts another). It never
 * keeps the process alive when no task is in progress.
 */
export function createDrawingThread<Task, Result>(entry: URL): DrawInThread<Task, Result> {
  const waiting = new Map<number, Waiting<Result>>();
  let thread: Worker | undefined;
  let count = 0;
  const take = (id: number): Waiting<Result> | undefined => {
    const one = waiting.get(id);
    waiting.delete(id);
    one?.settled();
    if (waiting.size === 0) thread?.unref();
    return one;
  };
  const end = (error: Error) => {
    thread = undefined;
    for (const id of waiting.keys()) take(id)?.reject(error);
  };
  const start = (): Worker => {
    // The canvas library reads this variable when it is first imported; without it the machine's own fonts would fill gaps.
    const started = new Worker(entry, { execArgv: [], env: { DISABLE_SYSTEM_FONTS_LOAD: '1' } });
    started.on('message', (answer: DrawingAnswer<Result>) => {
      const one = take(answer.id);
      if ('failure' in answer) one?.reject(errorFrom(answer.failure));
      else one?.resolve(answer.result);
    });
    started.once('error', end);
    started.once('exit', (code) => end(new Error(`A drawing thread ended with code ${code}.`)));
    return started;
  };
  return (task, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      thread ??= start();
      const id = (count += 1);
      const abort = () => take(id)?.reject(signal.reason instanceof Error ? signal.reason : new Error('The drawing was canceled.'));
      signal.addEventListener('abort', abort, { once: true });
      waiting.set(id, { resolve, reject, settled: () => signal.removeEventListener('abort', abort) });
      thread.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.postMessage({ id, task } satisfies DrawingMessage<Task>);
    });
}

/** Answers the tasks that a thread is sent; called once in the thread. */
export function answerDrawings(port: MessagePort | null, draw: (task: never) => unknown): void {
  port?.on('message', ({ id, task }: DrawingMessage<never>) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    port.postMessage(answerOf(id, () => draw(task)));
  });
}

function answerOf(id: number, draw: () => unknown): DrawingAnswer<unknown> {
  try {
    return { id, result: draw() };
  } catch (error) {
    if (!(error instanceof AppError)) return { id, failure: { message: error instanceof Error ? error.message : String(error) } };
    return { id, failure: { message: error.message, code: error.code, remedy: error.remedy, field: error.field } };
  }
}

function errorFrom({ message, code, remedy, field }: Extract<DrawingAnswer<unknown>, { failure: unknown }>['failure']): Error {
  return code ? new AppError(code, { message, remedy, field }) : new Error(message);
}
