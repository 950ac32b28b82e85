type Pixels = Uint8ClampedArray | Uint8Array;

/** How many pixels of two pictures differ where a mask is not black, and where it is. All three have the same size, with four bytes a pixel. */
export function countChanged(before: Pixels, after: Pixels, mask: Pixels): { readonly inside: number; readonly outside: number } {
  let [inside, outside] = [0, 0];
  for (let at = 0; at < before.length; at += 4) {
    if (before[at] === after[at] && before[at + 1] === after[at + 1] && before[at + 2] === after[at + 2]) continue;
    if ((mask[at] ?? 0) > 0) inside += 1;
    else outside += 1;
  }
  return { inside, outside };
}
