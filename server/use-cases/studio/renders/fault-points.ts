/**
 * Every point of a render where tests may kill the process, in order. At each one the vendor, the ledger and the stored files may disagree in a different
 * way; the next run must bring them together without paying again.
 */
export const RENDER_FAULT_POINTS = [
  'render.after_admit',
  'render.before_intent',
  'render.after_intent',
  'render.after_answer',
  'render.after_ticket',
  'render.after_poll',
  'render.after_files',
  'render.after_result',
  'render.after_previews',
  'render.before_done',
  'render.after_done',
] as const;
export type RenderFaultPoint = (typeof RENDER_FAULT_POINTS)[number];
