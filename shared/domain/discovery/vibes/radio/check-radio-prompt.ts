import { isRadioPrompt, readRadioElements } from './radio-elements.ts';
import type { RadioError } from './radio-elements.ts';
import { fieldOf, VALUE_EXAMPLES } from './radio-values.ts';

/** What cannot be read of a prompt in the syntax of LB Radio, each with its place; empty for a sentence. */
export function checkRadioPrompt(text: string): RadioError[] {
  if (!isRadioPrompt(text)) return [];
  const { elements, errors } = readRadioElements(text);
  const unread = elements.flatMap((element): RadioError[] => {
    const example = VALUE_EXAMPLES[element.entity];
    if (example === undefined || fieldOf(element)) return [];
    const { at, length, entity, values } = element;
    return [{ at, length, message: `“${values.join(', ').slice(0, 40)}” is no value of ${entity}.`, remedy: `Write ${entity}: and ${example}.` }];
  });
  return [...errors, ...unread].toSorted((a, b) => a.at - b.at);
}
