import { cutText } from '#shared/domain/text.ts';

/** A text on one line without control characters, cut at whole characters. */
export function plainText(text: string, charsMax: number): string {
  return cutText(text.replace(/[\s\p{Cc}]+/gu, ' ').trim(), charsMax);
}
