import { isRecord, isText } from '../json/json-kinds.ts';
import { readDocument } from '../json/read-document.ts';
import type { WrittenPolicy } from '../versions/written-policy.ts';

const nameOf = (key: string) => `segue.policy.${key}`;

/** Keeps a draft in this browser. A browser that refuses storage only forgets: the page goes on. */
export function keepDraft(key: string, written: WrittenPolicy): void {
  try {
    localStorage.setItem(nameOf(key), JSON.stringify(written));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

export function forgetDraft(key: string): void {
  try {
    localStorage.removeItem(nameOf(key));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** The draft that was left behind, or undefined where there is none that can be read. */
export function recallDraft(key: string): WrittenPolicy | undefined {
  try {
    return draftIn(localStorage.getItem(nameOf(key)));
  } catch {
    return undefined;
  }
}

function draftIn(kept: string | null): WrittenPolicy | undefined {
  const value: unknown = kept === null ? null : JSON.parse(kept);
  if (!isRecord(value) || !isText(value['name'])) return undefined;
  const document = readDocument(value['policy']);
  if (document.kind !== 'policy') return undefined;
  return { name: value['name'], policy: document.policy, text: isText(value['text']) ? value['text'] : null };
}
