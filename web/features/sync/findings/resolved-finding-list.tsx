import { useState } from 'react';
import { count } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import styles from './sync-differences.module.css';
import type { FindingResult } from './resolve-findings.ts';

const FIRST_SHOWN = 8;

/** The playlists that one button resolves or has resolved, each with the reason if it failed. Shows the first few until expanded. */
export function ResolvedFindingList({ ones }: { readonly ones: readonly FindingResult[] }) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? ones : ones.slice(0, FIRST_SHOWN);
  return (
    <div className={styles['names']}>
      <ul>
        {shown.map(({ finding, reason: why }) => (
          <li key={finding.spotifyPlaylistId}>
            <b>{finding.name}</b> on {finding.account}
            {why === null ? null : <span className="bad"> · {why}</span>}
          </li>
        ))}
      </ul>
      {shown.length < ones.length ? (
        <Button look="quiet" size="small" onClick={() => setAll(true)}>
          Show the other {count(ones.length - shown.length)}
        </Button>
      ) : null}
    </div>
  );
}
