import { checkWithNearest, unpackInput } from '#shared/domain/curation/feasibility/feasibility.ts';
import type { FeasibilityCheckView } from '#shared/contracts/policies/feasibility-views.ts';
import { parentPort } from 'node:worker_threads';
import { CatalogAssembly } from './catalog-pieces.ts';
import type { MessageToThread } from './check-in-thread.ts';

/** A state with the same stage and verdict is reported again only after this time, except that the first day is reported at once. */
const REPORT_EVERY_MS = 100;

const assembly = new CatalogAssembly();
parentPort?.on('message', (message: MessageToThread) => {
  if (message.kind === 'piece') {
    assembly.add(message.piece);
    return;
  }
  let reported: FeasibilityCheckView | undefined;
  let reportedAtMs = 0;
  for (const state of checkWithNearest(unpackInput(message.input, assembly.catalog))) {
    if (reported && !isNews(state, reported) && performance.now() - reportedAtMs < REPORT_EVERY_MS) continue;
    reported = state;
    reportedAtMs = performance.now();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    parentPort?.postMessage(state);
  }
});

function isNews(state: FeasibilityCheckView, reported: FeasibilityCheckView): boolean {
  return state.stage !== reported.stage || state.verdict !== reported.verdict || (state.day > 0 && reported.day === 0);
}
