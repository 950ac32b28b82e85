const BELOW_TWENTY = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

const grouped = new Intl.NumberFormat('en-GB');

/** `18640` → "18,640". */
export const count = (value: number) => grouped.format(value);

/** A number for running text: words below 100, figures from there on. */
export function numberInWords(value: number): string {
  if (!Number.isInteger(value) || value < 0 || value > 99) return count(value);
  const word = BELOW_TWENTY[value];
  if (word !== undefined) return word;
  const unit = value % 10;
  return `${TENS[Math.floor(value / 10)] ?? ''}${unit === 0 ? '' : `-${BELOW_TWENTY[unit] ?? ''}`}`;
}

/** "1 track", "50 tracks". */
export const plural = (value: number, one: string, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;

/** Capitalizes the first letter, for sentences that begin with a number in words. */
export const capitalize = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** Joins names: "Ada", "Ada and Bo", "Ada, Bo and Cy". */
export function joinNames(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** 0.264 → "26%". */
export const percent = (share: number) => `${Math.round(share * 100)}%`;

/** A playlist's number, padded to three digits: "015". */
export const padIndex = (index: number) => String(index).padStart(3, '0');

/** 1234567 → "1.2 MB". Decimal units, as in file managers. */
export function fileSize(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000))} KB`;
  return bytes < 1_000_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}
