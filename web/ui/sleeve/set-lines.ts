import { CAP_HEIGHT, STRETCH_MAX, STRETCH_MIN, lineWidth } from './archivo-widths.ts';

/** One typeset line: `y` is the baseline, `length` the exact width it fills, `cap` the height of its capitals. */
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
  /** Space between two lines. */
  readonly gap: number;
}

const BISECTIONS = 12;

/**
 * Sets lines one below the other so that each fills the box's width by the font's own width axis, never by distortion.
 * Short lines become tall, long ones low. The block comes as close to the box's height as the axis allows and never exceeds it.
 */
export function setLines(
  lines: readonly { readonly text: string; readonly weight: number }[],
  box: Box,
): { readonly lines: readonly SetLine[]; readonly height: number } {
  const limits = lines.map((line) => ({ ...line, low: capAt(line, STRETCH_MAX, box.width), high: capAt(line, STRETCH_MIN, box.width) }));
  const available = box.height - box.gap * (lines.length - 1);
  const lowest = sum(limits.map((line) => line.low));
  const highest = sum(limits.map((line) => line.high));
  const part = highest === lowest ? 0 : Math.min(1, Math.max(0, (available - lowest) / (highest - lowest)));
  // If the block is too high even with the widest letters, it shrinks as a whole and no longer fills the width.
  const shrink = Math.min(1, available / lowest);
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

/** Breaks a title into at most `linesMax` lines of similar length. A word of one or two letters never gets its own line if it can be joined. */
export function breakTitle(title: string, linesMax: number): string[] {
  const words = title.toUpperCase().split(/\s+/u).filter(Boolean);
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && (word.length < 3 || last.length < 3) && `${last} ${word}`.length < 10) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  while (lines.length > linesMax) joinShortestPair(lines);
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
