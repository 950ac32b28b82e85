/** Number of tracks of a list that must change on a day. */
export function leavingCount(turnover: number, size: number): number {
  return Math.round(turnover * size);
}
