import { useEffect, useReducer } from 'react';
import type { PolicyV1 } from '#shared/contracts/policies/policy.ts';
import { keepDraft, forgetDraft, recallDraft } from './draft-store.ts';
import { record, redo, startHistory, undo } from './edit-history.ts';
import type { EditHistory } from './edit-history.ts';
import { readJson } from '../json/json-places.ts';
import type { JsonReading } from '../json/json-places.ts';
import { printJson } from '../json/print-json.ts';
import { readDocument } from '../json/read-document.ts';
import type { DraftBase, WrittenPolicy } from '../versions/written-policy.ts';

export type DraftAct =
  | { readonly act: 'name'; readonly name: string }
  | { readonly act: 'policy'; readonly policy: PolicyV1; readonly key: string | null }
  | { readonly act: 'text'; readonly text: string }
  | { readonly act: 'dropText' }
  | { readonly act: 'replace'; readonly written: WrittenPolicy }
  | { readonly act: 'undo' }
  | { readonly act: 'redo' };

/** A policy that is being written: with undo, and kept in this browser until it is saved or dropped. */
export function usePolicyDraft(base: DraftBase) {
  const [history, act] = useReducer(reduce, base, (start) => startHistory<WrittenPolicy>(recallDraft(start.key) ?? withoutKey(start)));
  const { present } = history;
  const isChanged = contentOf(present) !== contentOf(base);
  useEffect(() => {
    if (isChanged) keepDraft(base.key, present);
    else forgetDraft(base.key);
  }, [base.key, isChanged, present]);
  const reading = readWritten(present);
  return {
    written: present,
    act,
    isChanged,
    reading,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    /** The document that counts: what was typed where it is JSON, else what the builder shows. Null while the text is broken. */
    document: reading === null ? JSON.stringify(present.policy) : reading.kind === 'json' ? JSON.stringify(reading.value) : null,
    /** Where the builder cannot follow the text; null while it can. */
    unshown: reading?.kind === 'json' ? unshownIn(reading.value) : null,
    text: present.text ?? printJson(present.policy),
  };
}

export type PolicyDraft = ReturnType<typeof usePolicyDraft>;

const withoutKey = ({ name, policy, text }: DraftBase): WrittenPolicy => ({ name, policy, text });

function reduce(history: EditHistory<WrittenPolicy>, act: DraftAct): EditHistory<WrittenPolicy> {
  if (act.act === 'undo') return undo(history);
  if (act.act === 'redo') return redo(history);
  const key = act.act === 'policy' ? act.key : act.act === 'name' || act.act === 'text' ? act.act : null;
  return record(history, written(history.present, act), key);
}

function written(present: WrittenPolicy, act: Exclude<DraftAct, { act: 'undo' | 'redo' }>): WrittenPolicy {
  if (act.act === 'name') return { ...present, name: act.name };
  if (act.act === 'policy') return { ...present, policy: act.policy, text: null };
  if (act.act === 'text') return { ...present, text: act.text, policy: policyIn(act.text) ?? present.policy };
  return act.act === 'dropText' ? { ...present, text: null } : act.written;
}

/** The policy in a text, or undefined while there is none that the builder could show. */
function policyIn(text: string): PolicyV1 | undefined {
  const reading = readJson(text);
  const document = reading.kind === 'json' ? readDocument(reading.value) : undefined;
  return document?.kind === 'policy' ? document.policy : undefined;
}

const readWritten = ({ text }: WrittenPolicy): JsonReading | null => (text === null ? null : readJson(text));

function unshownIn(value: unknown): string | null {
  const document = readDocument(value);
  return document.kind === 'unshown' ? document.field : null;
}

/** Two drafts of the same content are the same, however they are laid out. */
function contentOf({ name, policy, text }: WrittenPolicy): string {
  const reading = text === null ? null : readJson(text);
  if (reading?.kind === 'broken') return `${name}\n${text}`;
  const document = reading ? readDocument(reading.value) : null;
  return `${name}\n${JSON.stringify(sorted(document?.kind === 'policy' ? document.policy : reading ? reading.value : policy))}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
