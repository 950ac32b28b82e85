import { Link } from '@tanstack/react-router';
import type { CoverSummary } from '#shared/contracts/covers/projects.ts';
import { moveInGrid } from '#web/lib/keyboard.ts';
import { STEP_LABELS, STEP_ORDER } from '../project/cover-steps.ts';
import styles from './tiles.module.css';

/** The person's own covers, last changed first; each opens where it was left. */
export function CoverList({ covers }: { readonly covers: readonly CoverSummary[] }) {
  return (
    <ul className={styles['tiles']} aria-label="Your covers" onKeyDown={(event) => moveInGrid(event, 'a')}>
      {covers.map((cover) => (
        <li key={cover.id}>
          <Link to="/covers/$coverId" params={{ coverId: cover.id }}>
            <span className={styles['picture']}>
              {cover.url ? <img src={cover.url} alt="" width={640} height={640} loading="lazy" /> : <span>No picture yet</span>}
            </span>
            <b>{cover.title ?? cover.sourceName ?? 'Untitled'}</b>
            <span className={styles['detail']}>{describeProgress(cover)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Where a cover was left, in a few words. */
function describeProgress({ steps }: CoverSummary): string {
  if (steps.upload.state === 'ready') return 'On Spotify';
  if (steps.type.state === 'ready') return 'Finished';
  const next = STEP_ORDER.find((step) => steps[step].state !== 'ready');
  return next ? `Next: ${STEP_LABELS[next].toLowerCase()}` : 'Finished';
}
