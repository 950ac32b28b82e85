/** Drawings that wait, in the order in which they were asked for. One is drawn between two frames, so that the page stays responsive. */
const waiting = new Set<() => void>();
let isScheduled = false;

/** Draws soon, after what was asked for before. Returns a function that withdraws it. */
export function drawSoon(draw: () => void): () => void {
  waiting.add(draw);
  schedule();
  return () => waiting.delete(draw);
}

function schedule(): void {
  if (isScheduled || waiting.size === 0) return;
  isScheduled = true;
  // A message rather than a frame: pages in the background draw too.
  setTimeout(() => {
    isScheduled = false;
    const [next] = waiting;
    if (!next) return;
    waiting.delete(next);
    next();
    schedule();
  }, 0);
}
