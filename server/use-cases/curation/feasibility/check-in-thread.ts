import type { FeasibilityCheckView } from '#shared/contracts/policies/feasibility-views.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import type { PackedInput } from '#shared/domain/curation/feasibility/feasibility.ts';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { piecesOf } from './catalog-pieces.ts';
import type { CatalogPiece } from './catalog-pieces.ts';

/** What the thread is sent: the catalog in pieces, then the rest, with which it starts. */
export type MessageToThread = { readonly kind: 'piece'; readonly piece: CatalogPiece } | { readonly kind: 'start'; readonly input: PackedInput };

interface ThreadedCheck {
  readonly catalog: Catalog;
  readonly input: PackedInput;
  readonly report: (state: FeasibilityCheckView) => void;
  readonly signal: AbortSignal;
}

/** The catalog is sent with a pause after so many pieces. */
const PIECES_A_TURN = 8;

/** Runs a check in a thread of its own and returns its last state. The thread ends with the check, or at once when `signal` aborts, which throws its reason. */
export async function checkInThread({ catalog, input, report, signal }: ThreadedCheck): Promise<FeasibilityCheckView> {
  signal.throwIfAborted();
  const thread = new Worker(new URL('check-thread.mjs', import.meta.url), { execArgv: [] });
  thread.unref();
  try {
    const finished = lastState(thread, report, signal);
    // A failure while the catalog is still being sent is thrown below.
    finished.catch(() => {});
    let count = 0;
    for (const piece of piecesOf(catalog)) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.postMessage({ kind: 'piece', piece } satisfies MessageToThread);
      count += 1;
      if (count % PIECES_A_TURN === 0) await setImmediate();
    }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage({ kind: 'start', input } satisfies MessageToThread);
    return await finished;
  } finally {
    await thread.terminate();
  }
}

function lastState(thread: Worker, report: (state: FeasibilityCheckView) => void, signal: AbortSignal): Promise<FeasibilityCheckView> {
  return new Promise((resolve, reject) => {
    thread.on('message', (state: FeasibilityCheckView) => (state.stage === null ? resolve(state) : report(state)));
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`The thread that checks a policy ended with code ${code}.`)));
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
