import { useState } from 'react';
import type { ClipboardEvent } from 'react';

/** Longer pastes set the field's value directly: browsers insert long text line by line, which takes minutes for ten thousand lines. */
const LONG_PASTE_CHARS = 20_000;

/** The text to import: typed, pasted, dropped or read from a file. */
export function useImportDraft(onChange: () => void) {
  const [draft, setDraft] = useState<{ readonly text: string; readonly fileName?: string }>({ text: '' });
  const write = (text: string, fileName?: string) => {
    setDraft(fileName === undefined ? { text } : { text, fileName });
    onChange();
  };
  const read = async (file: File | undefined) => {
    if (file) write(await file.text(), file.name);
  };
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const [file] = event.clipboardData.files;
    const pasted = event.clipboardData.getData('text/plain');
    if (!file && pasted.length < LONG_PASTE_CHARS) return;
    event.preventDefault();
    if (file) void read(file);
    else {
      const { value, selectionStart, selectionEnd } = event.currentTarget;
      write(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd));
    }
  };
  return { draft, write, read, paste, clear: () => setDraft({ text: '' }) };
}
