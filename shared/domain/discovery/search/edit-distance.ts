/**
 * How many edits turn one text into another, up to `most`; `most + 1` when it takes more. An edit is a letter more, less or other, or two neighbors
 * swapped (optimal string alignment distance).
 */
export function editDistance(a: string, b: string, most: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [twoAbove, above, row] = [new Int32Array(b.length + 1), new Int32Array(b.length + 1), new Int32Array(b.length + 1)];
  for (let j = 0; j <= b.length; j++) above[j] = j;
  for (let i = 1; i <= a.length; i++) {
    row.fill(most + 1);
    row[0] = i;
    let least = i;
    // Cells further from the diagonal than `most` cannot be part of the answer.
    for (let j = Math.max(1, i - most); j <= Math.min(b.length, i + most); j++) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let best = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (isSwap) best = Math.min(best, (twoAbove[j - 2] ?? 0) + 1);
      row[j] = best;
      least = Math.min(least, best);
    }
    if (least > most) return most + 1;
    [twoAbove, above, row] = [above, row, twoAbove];
  }
  return Math.min(above[b.length] ?? most + 1, most + 1);
}
