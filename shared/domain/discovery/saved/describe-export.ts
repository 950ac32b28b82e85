import type { SavedExportView } from '#shared/contracts/discovery/saved-exports.ts';

interface ExportFacts extends Pick<SavedExportView, 'action' | 'counts' | 'details'> {
  /** Tracks that are left out. */
  readonly missing: number;
  /** Whether the playlist is not as it was last exported. */
  readonly isEdited: boolean;
  readonly note: string | null;
}

const tracks = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'track' : 'tracks'}`;

/** What an export does, as sentences, the most important first. */
export function describeExport({ action, counts, details, missing, isEdited, note }: ExportFacts): string[] {
  const { added, removed, moved } = counts;
  const parts = [
    ...(added > 0 ? [`${tracks(added)} added`] : []),
    ...(removed > 0 ? [`${tracks(removed)} removed`] : []),
    ...(moved > 0 ? [`${tracks(moved)} moved`] : []),
    ...details.map(({ field }) => `${field} changed`),
  ];
  const first = {
    create: `A private playlist with ${tracks(added)} is created in your account.`,
    change: `The playlist in your account is changed: ${parts.join(', ')}.`,
    none: 'Spotify shows this list already. Nothing is written.',
  }[action];
  return [
    first,
    ...(isEdited && action === 'change'
      ? ['The playlist was changed on Spotify since the last export; those changes are replaced by this list.']
      : []),
    ...(missing > 0 ? [`${tracks(missing)} ${missing === 1 ? 'is' : 'are'} left out: no track on Spotify is known.`] : []),
    ...(note === null ? [] : [note]),
  ];
}
