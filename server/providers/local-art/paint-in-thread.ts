import type { ArtRequest } from '#shared/domain/covers/art/draw-art.ts';
import { Worker } from 'node:worker_threads';
import type { PaintAnswer, PaintMessage } from './thread-entry.ts';

/**
 * States of the thread: none → running (started by the first picture) → none (when it ends; pictures in progress fail, the next one starts another). It never
 * keeps the process alive when no picture is in progress.
 */
export type Paint = (request: ArtRequest, signal: AbortSignal) => Promise<Uint8Array>;

interface Waiting {
  readonly resolve: (png: Uint8Array) => void;
  readonly reject: (error: Error) => void;
  /** Stops listening for an abort. */
  readonly settled: () => void;
}

/** A painter off the main event loop: one thread, one picture after the other. An abort stops the waiting at once; the picture is then thrown away. */
export function createPainter(): Paint {
  const waiting = new Map<number, Waiting>();
  let thread: Worker | undefined;
  let count = 0;
  const take = (id: number): Waiting | undefined => {
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
    const started = new Worker(new URL('paint-thread.mjs', import.meta.url), { execArgv: [], env: { DISABLE_SYSTEM_FONTS_LOAD: '1' } });
    started.on('message', (answer: PaintAnswer) => {
      const one = take(answer.id);
      if ('png' in answer) one?.resolve(answer.png);
      else one?.reject(new Error(answer.failure));
    });
    started.once('error', end);
    started.once('exit', (code) => end(new Error(`The thread that paints pictures ended with code ${code}.`)));
    return started;
  };
  return (request, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      thread ??= start();
      const id = (count += 1);
      const abort = () => take(id)?.reject(signal.reason instanceof Error ? signal.reason : new Error('The picture was canceled.'));
      const settled = () => signal.removeEventListener('abort', abort);
      signal.addEventListener('abort', abort, { once: true });
      waiting.set(id, { resolve, reject, settled });
      thread.ref();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.postMessage({ id, request } satisfies PaintMessage);
    });
}
