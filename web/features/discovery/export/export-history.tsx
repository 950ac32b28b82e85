import { useQuery } from '@tanstack/react-query';
import type { SavedExportView } from '#shared/contracts/discovery/saved-exports.ts';
import type { SavedPlaylistId } from '#shared/ids.ts';
import { clockTime, dayName } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { ErrorState, RowsSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './export.module.css';

/** The exports of a playlist that were applied or failed, the newest first. */
export function ExportHistory({ savedId }: { readonly savedId: SavedPlaylistId }) {
  const exports = useQuery(trpc.discovery.saved.export.list.queryOptions({ savedId }));
  if (exports.error && !exports.data)
    return <ErrorState error={exports.error} what="Can’t load the exports" onRetry={() => void exports.refetch()} />;
  if (!exports.data) return <RowsSkeleton rows={1} />;
  const done = exports.data.filter(({ state }) => state !== 'planned' && state !== 'outdated');
  if (done.length === 0) return <p className={styles['none']}>Not exported yet. The preview shows what would be written.</p>;
  return (
    <ul className={styles['receipts']} aria-label="Exports">
      {done.map((one) => (
        <li key={one.id}>
          <span>{resultWords(one)}</span>
          <span className="muted">
            Version {one.version} · {dayName(one.plannedAt)}, {clockTime(one.receipt?.appliedAt ?? one.plannedAt)} UTC
          </span>
        </li>
      ))}
    </ul>
  );
}

function resultWords({ receipt, state, problem }: SavedExportView): string {
  if (receipt)
    return receipt.writes === 0
      ? `Nothing to write, ${plural(receipt.tracks, 'track')} match`
      : `${plural(receipt.writes, 'request')} written, ${plural(receipt.tracks, 'track')} read back`;
  return state === 'applying' ? 'Being written' : (problem?.message ?? 'Failed');
}
