/** How many steps back are kept. */
const STEPS_MAX = 200;

/** Something that was edited, with the way back and forth. */
export interface EditHistory<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** Edits of the same key in a row are one step: a word that is typed, a slider that is drawn. */
  readonly key: string | null;
}

export const startHistory = <T>(present: T): EditHistory<T> => ({ past: [], present, future: [], key: null });

/** The next state; with a key that equals the last edit's, the step before stays the one to go back to. */
export function record<T>(history: EditHistory<T>, next: T, key: string | null = null): EditHistory<T> {
  if (Object.is(next, history.present)) return history;
  if (key !== null && key === history.key) return { ...history, present: next, future: [] };
  return { past: [...history.past, history.present].slice(-STEPS_MAX), present: next, future: [], key };
}

/** One step back; unchanged at the beginning. */
export function undo<T>(history: EditHistory<T>): EditHistory<T> {
  const last = history.past.at(-1);
  if (last === undefined) return history;
  return { past: history.past.slice(0, -1), present: last, future: [history.present, ...history.future], key: null };
}

/** One step forth again, until something else is edited. */
export function redo<T>(history: EditHistory<T>): EditHistory<T> {
  const [next, ...later] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future: later, key: null };
}
