import { createContext, useContext } from 'react';
import type { PolicyProblemView, RuleCountView } from '#shared/contracts/policies/policy-views.ts';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import type { TreeEdit } from '../rules/tree-edits.ts';

/** The policy that all parts of the editor share, and the server's latest results for it. */
export interface Editor {
  readonly policy: Policy;
  /** Consecutive edits with the same `key` are one undo step. */
  readonly edit: (next: Policy, key?: string) => void;
  /** Edits the rule tree, then moves the focus to the edit's target and announces `announcement` to screen readers. */
  readonly editTree: (edit: TreeEdit, announcement?: string) => void;
  readonly counts: ReadonlyMap<string, RuleCountView>;
  /** False while the counts belong to an earlier state of the policy. */
  readonly isCurrent: boolean;
  readonly problems: readonly PolicyProblemView[];
  readonly catalog: number | null;
}

const EditorContext = createContext<Editor | null>(null);

export const EditorProvider = EditorContext.Provider;

/** The editor context. Throws outside of an EditorProvider. */
export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('useEditor must be called inside EditorProvider.');
  return editor;
}

/** The first problem at a path, or below it if `isDeep`: its message and remedy; null if there is none. */
export function useProblemAt(path: string, isDeep = true): string | null {
  const { problems } = useEditor();
  const problem = problems.find(({ field }) => field === path || (isDeep && field.startsWith(`${path}.`)));
  return problem ? `${problem.message} ${problem.remedy}` : null;
}
