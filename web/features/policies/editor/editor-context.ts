import { createContext, useContext } from 'react';
import type { PolicyProblemView, RuleCountView } from '#shared/contracts/policies/policy-views.ts';
import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import type { TreeEdit } from '../rules/tree-edits.ts';

/** What every part of the editor works on, and what the server said of it last. */
export interface Editor {
  readonly policy: PolicyV1;
  /** Edits of the same `key` in a row are one step of undo. */
  readonly edit: (next: PolicyV1, key?: string) => void;
  /** An edit of the rule tree; afterwards the focus rests where the edit says, and `told` is announced. */
  readonly editTree: (edit: TreeEdit, told?: string) => void;
  readonly counts: ReadonlyMap<string, RuleCountView>;
  /** False while the counts belong to what stood here a moment ago. */
  readonly isCurrent: boolean;
  readonly problems: readonly PolicyProblemView[];
  readonly catalogue: number | null;
}

const EditorContext = createContext<Editor | null>(null);

export const EditorProvider = EditorContext.Provider;

/** The editor around; parts of it live nowhere else. */
export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('A part of the policy editor stands outside of it.');
  return editor;
}

/** What is wrong at a path or inside of it, in a sentence or two; null when nothing is. */
export function useProblemAt(path: string, isDeep = true): string | null {
  const { problems } = useEditor();
  const problem = problems.find(({ field }) => field === path || (isDeep && field.startsWith(`${path}.`)));
  return problem ? `${problem.message} ${problem.remedy}` : null;
}
