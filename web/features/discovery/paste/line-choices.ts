import type { ImportedLine } from '#shared/contracts/discovery/import-list.ts';

/** What a person decided, by line: a recording, or null to leave the line out. */
export type LineChoices = ReadonlyMap<number, number | null>;

/** Whether a line is shown for repair: it is unsure, or nothing was found for it. */
export const needsRepair = ({ status }: ImportedLine) => status === 'unsure' || status === 'unmatched';

/** The recordings of the list in its order. An unsure line counts once it is decided. */
export function chosenOf(lines: readonly ImportedLine[], choices: LineChoices): number[] {
  return lines.flatMap((line) => recordingOf(line, choices) ?? []);
}

/** How many lines have a recording, and how many unsure ones are not decided. */
export function choiceCounts(lines: readonly ImportedLine[], choices: LineChoices): { readonly taken: number; readonly open: number } {
  return {
    taken: chosenOf(lines, choices).length,
    open: lines.filter(({ status, line }) => status === 'unsure' && !choices.has(line)).length,
  };
}

function recordingOf({ line, status, track }: ImportedLine, choices: LineChoices): number | null {
  const choice = choices.get(line);
  if (choice !== undefined) return choice;
  return status === 'matched' ? (track?.recordingId ?? null) : null;
}
