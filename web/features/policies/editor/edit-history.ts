/** Maximum number of undo steps. */
const STEPS_MAX = 200;

/** An edited value with its undo and redo steps. */
export interface EditHistory<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** Consecutive edits with the same key are one undo step: typing a word, dragging a slider. */
  readonly key: string | null;
}

export const startHistory = <T>(present: T): EditHistory<T> => ({ past: [], present, future: [], key: null });

/** Adds an edit. If its key equals the last edit's key, the two become one undo step. */
export function recordEdit<T>(history: EditHistory<T>, next: T, key: string | null = null): EditHistory<T> {
  if (Object.is(next, history.present)) return history;
  if (key !== null && key === history.key) return { ...history, present: next, future: [] };
  return { past: [...history.past, history.present].slice(-STEPS_MAX), present: next, future: [], key };
}

/** Goes back one step; unchanged if there is none. */
export function undo<T>(history: EditHistory<T>): EditHistory<T> {
  const last = history.past.at(-1);
  if (last === undefined) return history;
  return { past: history.past.slice(0, -1), present: last, future: [history.present, ...history.future], key: null };
}

/** Repeats the step that was undone last; a new edit clears these steps. */
export function redo<T>(history: EditHistory<T>): EditHistory<T> {
  const [next, ...later] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future: later, key: null };
}
