import { AppError } from '#shared/errors.ts';
import { Worker } from 'node:worker_threads';
import type { TypeAnswer, TypeMessage, TypeResult, TypeTask } from './thread-entry.ts';

/**
 * States of the thread: none → running (started by the first title) → none (when it ends; titles in progress fail, the next one starts another). It never keeps
 * the process alive when no title is in progress.
 */
type SetType = (task: TypeTask, signal: AbortSignal) => Promise<TypeResult>;

interface Awaited {
  readonly resolve: (result: TypeResult) => void;
  readonly reject: (error: Error) => void;
  /** Stops listening for an abort. */
  readonly settled: () => void;
}

/** Sets type off the main event loop: one thread, one title after the other. An abort stops the waiting at once. */
export function createTypeThread(): SetType {
  const waiting = new Map<number, Awaited>();
  let thread: Worker | undefined;
  let count = 0;
  const take = (id: number): Awaited | undefined => {
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
    const started = new Worker(new URL('type-thread.mjs', import.meta.url), { execArgv: [], env: { DISABLE_SYSTEM_FONTS_LOAD: '1' } });
    started.on('message', (answer: TypeAnswer) => {
      const one = take(answer.id);
      if ('failure' in answer) one?.reject(errorFrom(answer.failure));
      else one?.resolve(answer.result);
    });
    started.once('error', end);
    started.once('exit', (code) => end(new Error(`The thread that sets type ended with code ${code}.`)));
    return started;
  };
  return (task, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      thread ??= start();
      const id = (count += 1);
      const abort = () => take(id)?.reject(signal.reason instanceof Error ? signal.reason : new Error('The title was canceled.'));
      signal.addEventListener('abort', abort, { once: true });
      waiting.set(id, { resolve, reject, settled: () => signal.removeEventListener('abort', abort) });
      thread.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.postMessage({ id, task } satisfies TypeMessage);
    });
}

function errorFrom({ message, code, remedy, field }: Extract<TypeAnswer, { failure: unknown }>['failure']): Error {
  return code ? new AppError(code, { message, remedy, field }) : new Error(message);
}
