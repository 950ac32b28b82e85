/** A number and its noun: "1 day", "3 days". */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** Words in a row, the last joined by a word; more than six are cut to five and a count. */
export function listed(value: string | readonly string[], word: 'and' | 'or', quote = ''): string {
  const words = (typeof value === 'string' ? [value] : value).map((one) => (quote ? `“${one}”` : one));
  const shown = words.length > 6 ? [...words.slice(0, 5), `${words.length - 5} more`] : words;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${word} ${shown.at(-1) ?? ''}`;
}
