import type { SyncPlanDetailView } from '#shared/contracts/sync/plan-views.ts';
import { joinNames } from '#web/lib/words.ts';
import styles from './diff-lines.module.css';

type Line = SyncPlanDetailView['diff'][number];

const SIGNS = { add: ['+', 'added'], remove: ['−', 'removed'], move: ['↕', 'moved'], keep: ['=', 'unchanged'] } as const;

/** The changes line by line: sign, position, track, reason. Signs and strike-through make them readable without color. */
export function DiffLines({ lines }: { readonly lines: readonly Line[] }) {
  return (
    <ol className={styles['diff']}>
      {lines.map((line) => {
        const [sign, name] = SIGNS[line.kind];
        return (
          <li key={`${line.kind}${line.uri}${positionText(line)}`} data-kind={line.kind}>
            <span className={styles['sign']} aria-hidden>
              {sign}
            </span>
            <span className="sr">{name}</span>
            <span className={styles['position']}>{positionText(line)}</span>
            <span className={styles['track']}>
              <b>{line.track.title}</b> <span>{joinNames(line.track.artists)}</span>
            </span>
            <span className={styles['why']}>{line.track.why ?? ''}</span>
          </li>
        );
      })}
    </ol>
  );
}

const positionText = (line: Line) => (line.kind === 'move' ? `${line.from} → ${line.to}` : String(line.position));
