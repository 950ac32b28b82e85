import type { ShownCopy } from '#shared/contracts/playlists/shown-list.ts';

/** Whether two accounts show the same: the same list for the same day, with the same edits. */
export function sameShown(one: ShownCopy, other: ShownCopy): boolean {
  return one.status === other.status && one.day === other.day && one.listDay === other.listDay && orderOf(one) === orderOf(other);
}

/**
 * The copy that stands for a playlist: what most accounts show, on a tie the list that the day wants, then the newer one. Without any that is shown,
 * the copy that was lost last; undefined when there is none.
 */
export function chooseCopy<T extends ShownCopy>(copies: readonly T[], wanted: { readonly day: string; readonly listDay: string }): T | undefined {
  const shown = copies.filter(({ status }) => status === 'shown');
  const votes = (copy: T) => shown.filter((other) => sameShown(copy, other)).length;
  const isWanted = (copy: T) => Number(copy.day === wanted.day && copy.listDay === wanted.listDay);
  const [best] = shown.toSorted(
    (one, other) => votes(other) - votes(one) || isWanted(other) - isWanted(one) || compareText(other.day ?? '', one.day ?? ''),
  );
  const lost = copies.filter(({ status }) => status === 'deleted' || status === 'unknown');
  return best ?? lost.toSorted((one, other) => compareText(other.since ?? '', one.since ?? ''))[0] ?? copies[0];
}

function orderOf({ edits }: ShownCopy): string {
  return edits === null ? '' : edits.uris.join(' ');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
