import { CAP_HEIGHT, STRETCH_MAX, STRETCH_MIN, lineWidth } from './archivo-widths.ts';

/** One line of type, set: `y` is its baseline, `length` the exact measure it fills. */
export interface SetLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: number;
  readonly stretch: number;
  readonly length: number;
  readonly cap: number;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** White between two lines. */
  readonly gap: number;
}

const BISECTIONS = 12;

/**
 * Sets lines one under the other so that each fills the measure by the font's own width axis, never by distortion.
 * Short lines come out tall, long ones low; the block is as near to the box's height as the axis allows, never above it.
 */
export function setLines(
  lines: readonly { readonly text: string; readonly weight: number }[],
  box: Box,
): { readonly lines: readonly SetLine[]; readonly height: number } {
  const limits = lines.map((line) => ({ ...line, low: capAt(line, STRETCH_MAX, box.width), high: capAt(line, STRETCH_MIN, box.width) }));
  const room = box.height - box.gap * (lines.length - 1);
  const lowest = sum(limits.map((line) => line.low));
  const highest = sum(limits.map((line) => line.high));
  const part = highest === lowest ? 0 : Math.min(1, Math.max(0, (room - lowest) / (highest - lowest)));
  // Even at the widest letters the block would be too high: it shrinks as a whole and no longer fills the measure.
  const shrink = Math.min(1, room / lowest);
  let y = box.y;
  const set = limits.map((line) => {
    const cap = (line.low + (line.high - line.low) * part) * shrink;
    const width = box.width * shrink;
    y += cap;
    const placed = {
      text: line.text,
      weight: line.weight,
      x: box.x,
      y,
      cap,
      length: width,
      size: cap / CAP_HEIGHT,
      stretch: stretchFor(line, cap, width),
    };
    y += box.gap;
    return placed;
  });
  return { lines: set, height: y - box.gap - box.y };
}

/** Joins words into at most `most` lines of similar length, and never leaves a word of one or two letters alone. */
export function breakTitle(title: string, most: number): string[] {
  const words = title.toUpperCase().split(/\s+/u).filter(Boolean);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && (word.length < 3 || last.length < 3) && `${last} ${word}`.length < 10) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  while (lines.length > most) joinShortestPair(lines);
  return lines.length > 0 ? lines : ['—'];
}

function joinShortestPair(lines: string[]): void {
  const lengths = lines.slice(1).map((line, at) => line.length + (lines[at]?.length ?? 0));
  const at = lengths.indexOf(Math.min(...lengths));
  lines.splice(at, 2, `${lines[at] ?? ''} ${lines[at + 1] ?? ''}`);
}

const capAt = (line: { readonly text: string; readonly weight: number }, stretch: number, width: number) =>
  (width / lineWidth(line.text, line.weight, stretch)) * CAP_HEIGHT;

function stretchFor(line: { readonly text: string; readonly weight: number }, cap: number, width: number): number {
  let low = STRETCH_MIN;
  let high = STRETCH_MAX;
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    if (capAt(line, middle, width) > cap) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
