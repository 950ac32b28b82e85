import { useQuery } from '@tanstack/react-query';
import { InlineError } from '#web/ui/feedback/states.tsx';
import type { ComposedTrack } from '../draft/listed-track.ts';
import styles from './swap-panel.module.css';

/** Finds tracks that could replace one, and the key under which the answer is kept. */
export interface FindSwaps {
  readonly label: (title: string) => string;
  readonly key: (id: number) => readonly unknown[];
  readonly find: (id: number, signal: AbortSignal) => Promise<readonly ComposedTrack[]>;
}

interface SwapPanelProps {
  readonly track: ComposedTrack;
  readonly find: FindSwaps;
  readonly onSwap: (by: ComposedTrack) => void;
}

/** Three tracks that could take the place of one, each with its reason. */
export function SwapPanel({ track: { recordingId, title }, find, onSwap }: SwapPanelProps) {
  const found = useQuery({
    queryKey: ['swaps', ...find.key(recordingId)],
    queryFn: ({ signal }) => find.find(recordingId, signal),
    staleTime: Infinity,
  });
  return (
    <div className={styles['panel']}>
      <p className="label">{find.label(title)}</p>
      {found.error ? <InlineError error={found.error} /> : null}
      <p role="status" className={styles['says']}>
        {found.isPending ? 'Looking…' : ''}
        {found.data?.length === 0 ? 'No other track fits. Ask for something wider first.' : ''}
      </p>
      <ul>
        {found.data?.map((other) => (
          <li key={other.recordingId}>
            <b>{other.title}</b>
            <span>
              {other.artists.join(', ')} · {other.why}
            </span>
            <button type="button" aria-label={`Swap for ${other.title}`} onClick={() => onSwap(other)}>
              Swap
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
