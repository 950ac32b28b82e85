import type { UsedOf } from '#shared/contracts/studio/usage.ts';
import { ProgressBar } from '#web/ui/feedback/progress.tsx';
import { NEARLY } from './usage-words.ts';
import styles from './usage.module.css';

/** What was used of a limit, as a number and a bar; amber from 90 %, and in words when it is reached. */
export function UsedOfLimit({
  name,
  used: { used, limit },
  format,
}: {
  readonly name: string;
  readonly used: UsedOf;
  readonly format: (value: number) => string;
}) {
  if (limit === null) return <>{format(used)}, no limit</>;
  const isReached = used >= limit;
  return (
    <span className={styles['usedOf']}>
      <span>
        {format(used)} of {format(limit)}
        {isReached ? <b className="bad"> · reached</b> : null}
      </span>
      <ProgressBar
        value={Math.min(used, limit)}
        max={limit}
        name={name}
        {...(isReached ? { tone: 'bad' as const } : used / limit >= NEARLY ? { tone: 'soon' as const } : {})}
      />
    </span>
  );
}
