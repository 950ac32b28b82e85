import type { HistoryEntry } from '#shared/contracts/studio/generation-history.ts';
import { dayAndTime } from '#web/lib/dates.ts';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';

const COLUMNS: readonly Column<{ readonly entry: HistoryEntry; readonly today: string }>[] = [
  { head: 'When', cell: ({ entry, today }) => dayAndTime(entry.createdAt, today), width: '13em' },
  { head: 'Title', cell: ({ entry }) => <bdi>{entry.generatedTitle ?? entry.playlistUrl ?? '–'}</bdi> },
  { head: 'Person', cell: ({ entry }) => entry.name ?? (entry.userId === null ? 'Operator and network' : 'A deleted person') },
  { head: 'Model', cell: ({ entry }) => [entry.model ?? '–', entry.loraModel].filter(Boolean).join(' + ') },
  { head: 'Mood', cell: ({ entry }) => entry.mood ?? '–', width: '8em' },
  {
    head: 'Time',
    numeric: true,
    cell: ({ entry }) => (entry.generationTime === null ? '–' : `${entry.generationTime.toFixed(1)} s`),
    width: '6em',
  },
  { head: 'Address', cell: ({ entry }) => entry.userIp ?? '–', width: '9em' },
  { head: 'Status', cell: ({ entry }) => <HistoryStatus entry={entry} /> },
];

/** Attempts to make a cover, newest first, with everything the audit keeps of them. */
export function HistoryTable({ entries, today }: { readonly entries: readonly HistoryEntry[]; readonly today: string }) {
  const rows = entries.map((entry) => ({ entry, today }));
  return <DataTable caption="Attempts" rows={rows} keyOf={({ entry }) => entry.id} columns={COLUMNS} />;
}

function HistoryStatus({ entry: { success, errorMessage } }: { readonly entry: HistoryEntry }) {
  if (success === null) return <StatusText tone="live">Running</StatusText>;
  return <StatusText tone={success ? 'good' : 'bad'}>{success ? 'Done' : `Failed: ${errorMessage ?? 'no reason was recorded'}`}</StatusText>;
}
