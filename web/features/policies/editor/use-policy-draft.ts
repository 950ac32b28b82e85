import { useEffect, useReducer } from 'react';
import type { Policy } from '#shared/contracts/policies/policy.ts';
import { storeDraft, deleteDraft, loadDraft } from './draft-store.ts';
import { recordEdit, redo, startHistory, undo } from './edit-history.ts';
import type { EditHistory } from './edit-history.ts';
import { parseJson } from '../json/json-parser.ts';
import type { JsonParseResult } from '../json/json-parser.ts';
import { printJson } from '../json/json-printer.ts';
import { readDocument } from '../json/document-reader.ts';
import type { DraftBase, DraftContent } from '../versions/draft-content.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';

export type DraftAction =
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'policy'; readonly policy: Policy; readonly key: string | null }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'discardText' }
  | { readonly type: 'replace'; readonly content: DraftContent }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' };

/** The draft in the policy editor, with undo. Stored in this browser until it is saved or discarded. */
export function usePolicyDraft(base: DraftBase) {
  const [history, dispatch] = useReducer(reduce, base, (start) => startHistory<DraftContent>(loadDraft(start.key) ?? withoutKey(start)));
  const { present } = history;
  const isChanged = contentOf(present) !== contentOf(base);
  useEffect(() => {
    if (isChanged) storeDraft(base.key, present);
    else deleteDraft(base.key);
  }, [base.key, isChanged, present]);
  const reading = readText(present);
  return {
    content: present,
    dispatch,
    isChanged,
    reading,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    /** The JSON to check and save: the typed text if there is any, otherwise the builder's policy. Null while the typed text is not valid JSON. */
    document: reading === null ? JSON.stringify(present.policy) : reading.kind === 'json' ? JSON.stringify(reading.value) : null,
    /** Path of the first part that the builder cannot show; null if it can show all. */
    unsupported: reading?.kind === 'json' ? unsupportedIn(reading.value) : null,
    text: present.text ?? printJson(present.policy),
  };
}

export type PolicyDraft = ReturnType<typeof usePolicyDraft>;

const withoutKey = ({ name, policy, text }: DraftBase): DraftContent => ({ name, policy, text });

function reduce(history: EditHistory<DraftContent>, action: DraftAction): EditHistory<DraftContent> {
  if (action.type === 'undo') return undo(history);
  if (action.type === 'redo') return redo(history);
  const key = action.type === 'policy' ? action.key : action.type === 'name' || action.type === 'text' ? action.type : null;
  return recordEdit(history, apply(history.present, action), key);
}

function apply(present: DraftContent, action: Exclude<DraftAction, { type: 'undo' | 'redo' }>): DraftContent {
  if (action.type === 'name') return { ...present, name: action.name };
  if (action.type === 'policy') return { ...present, policy: action.policy, text: null };
  if (action.type === 'text') return { ...present, text: action.text, policy: policyIn(action.text) ?? present.policy };
  return action.type === 'discardText' ? { ...present, text: null } : action.content;
}

/** The policy in a JSON text, or undefined if the builder cannot show it. */
function policyIn(text: string): Policy | undefined {
  const reading = parseJson(text);
  const document = reading.kind === 'json' ? readDocument(reading.value) : undefined;
  return document?.kind === 'policy' ? document.policy : undefined;
}

const readText = ({ text }: DraftContent): JsonParseResult | null => (text === null ? null : parseJson(text));

function unsupportedIn(value: unknown): string | null {
  const document = readDocument(value);
  return document.kind === 'unsupported' ? document.field : null;
}

/** A string for comparing drafts that ignores formatting and key order. */
function contentOf({ name, policy, text }: DraftContent): string {
  const reading = text === null ? null : parseJson(text);
  if (reading?.kind === 'broken') return `${name}\n${text}`;
  const document = reading ? readDocument(reading.value) : null;
  return `${name}\n${canonicalJson(document?.kind === 'policy' ? document.policy : reading ? reading.value : policy)}`;
}
