import { isRecord, isText } from '../json/json-kinds.ts';
import { readDocument } from '../json/document-reader.ts';
import type { DraftContent } from '../versions/draft-content.ts';

/** Beginning of the ids of drafts that the composer made from words; the others are named after their template. */
export const FROM_WORDS = 'vibe-';

const storageKey = (key: string) => `segue.policy.${key}`;

/** Stores a draft in this browser. Does nothing if the browser refuses storage. */
export function storeDraft(key: string, content: DraftContent): void {
  try {
    localStorage.setItem(storageKey(key), JSON.stringify(content));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** Deletes the stored draft, if any. */
export function deleteDraft(key: string): void {
  try {
    localStorage.removeItem(storageKey(key));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** The stored draft, or undefined if there is none or it cannot be read. */
export function loadDraft(key: string): DraftContent | undefined {
  try {
    return draftIn(localStorage.getItem(storageKey(key)));
  } catch {
    return undefined;
  }
}

function draftIn(stored: string | null): DraftContent | undefined {
  const value: unknown = stored === null ? null : JSON.parse(stored);
  if (!isRecord(value) || !isText(value['name'])) return undefined;
  const document = readDocument(value['policy']);
  if (document.kind !== 'policy') return undefined;
  return { name: value['name'], policy: document.policy, text: isText(value['text']) ? value['text'] : null };
}
