import { cutText } from '#shared/domain/text.ts';

/** Ends every prompt for a picture. Lettering is set by Segue, and trademarks and people are nobody's to draw. */
export const PICTURE_PROMPT_TAIL = 'No text, no logos, no real people.';
/** Without the tail. */
export const PICTURE_PROMPT_CHARS_MAX = 400;

/** The prompt as it is sent to an image model: whole, one sentence end, and with the fixed tail exactly once. */
export function withPromptTail(prompt: string): string {
  const bare = cutText(prompt.replaceAll(PICTURE_PROMPT_TAIL, ' ').replaceAll(/\s+/g, ' ').trim(), PICTURE_PROMPT_CHARS_MAX).trim();
  if (bare === '') return PICTURE_PROMPT_TAIL;
  return `${bare}${/[.!?]$/.test(bare) ? '' : '.'} ${PICTURE_PROMPT_TAIL}`;
}
