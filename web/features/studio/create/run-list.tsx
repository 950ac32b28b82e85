import type { RunTimes } from '../models/run-times.ts';
import type { AssetId } from '#shared/ids.ts';
import { moveInList } from '#web/lib/keyboard.ts';
import { isOpenRender } from '../renders/render-words.ts';
import type { BatchItem } from './batch-words.ts';
import { RunRow } from './run-row.tsx';
import { useSeconds } from './use-seconds.ts';
import styles from './runs.module.css';

interface RunListProps {
  readonly items: readonly BatchItem[];
  readonly times: readonly RunTimes[];
  readonly onView: (id: AssetId) => void;
}

/** The other renders of the prompt. Arrow keys move between their pictures. */
export function RunList({ items, times, onView }: RunListProps) {
  const nowMs = useSeconds(items.some(({ render }) => isOpenRender(render)));
  if (items.length === 0) return null;
  return (
    <ol className={styles['runs']} aria-label="The other renders of this prompt" onKeyDown={(event) => moveInList(event, `.${styles['picture']}`)}>
      {items.map((item) => (
        <RunRow
          key={item.asset?.id ?? item.render.id}
          item={item}
          times={times.find(({ model }) => model === item.render.model)}
          nowMs={nowMs}
          onView={() => item.asset && onView(item.asset.id)}
        />
      ))}
    </ol>
  );
}
