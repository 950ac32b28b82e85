import { WarningCircle } from '@phosphor-icons/react/WarningCircle';
import type { SavedExportView } from '#shared/contracts/discovery/saved-exports.ts';
import { plural } from '#web/lib/words.ts';
import styles from './export.module.css';

const SIGNS = { add: '+', remove: '−', move: '↕', keep: '=' } as const;
/** Lines that are shown; the rest is counted. */
const LINES_MAX = 60;

/** "+24", or "3 moved, 20 kept": what is none is not named. */
function countWords({ added, removed, moved, kept }: SavedExportView['counts']): string {
  const words = [added > 0 && `+${added}`, removed > 0 && `−${removed}`, moved > 0 && `${moved} moved`, kept > 0 && `${kept} kept`];
  return words.filter((word) => word !== false).join(', ') || 'none';
}

/** What an export would change on Spotify, what it costs, and what stands in its way. */
export function ExportPreview({ plan }: { readonly plan: SavedExportView }) {
  const { counts, cost, playlist, missing, lines, details, says, problem, action } = plan;
  const changed = lines.filter(({ kind }) => kind !== 'keep');
  const rows = [
    ['Playlist', action === 'create' ? 'a new private one' : playlist.name],
    ['Account', playlist.account ?? 'not connected yet'],
    ['Tracks', countWords(counts)],
    ['Requests', `${cost.reads} to read, ${cost.writes} to write`],
  ] as const;
  return (
    <div className={styles['preview']}>
      {problem ? (
        <p className={styles['problem']} role="alert">
          <WarningCircle size={20} className="warn" aria-hidden />
          <span>
            <b>{problem.message}</b> {problem.remedy}
          </span>
        </p>
      ) : null}
      {says.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {details.map(({ field, from, to }) => (
          <div key={field}>
            <dt>{field === 'name' ? 'Name' : 'Description'}</dt>
            <dd>{from === null ? to : `${from} → ${to}`}</dd>
          </div>
        ))}
      </dl>
      {missing.length > 0 ? (
        <p>
          <b>{plural(missing.length, 'track')} left out,</b> because Spotify has none of them: {missing.map(({ title }) => title).join(', ')}.
        </p>
      ) : null}
      {changed.length > 0 ? (
        <ul className={styles['diff']} aria-label="Changes" tabIndex={0}>
          {changed.slice(0, LINES_MAX).map(({ kind, position, title, artists }) => (
            <li key={`${kind} ${position} ${title}`} data-kind={kind}>
              <span>{SIGNS[kind]}</span>
              <span>{position}</span>
              <b>{title}</b>
              <span>{artists.join(', ')}</span>
            </li>
          ))}
          {changed.length > LINES_MAX ? <li>and {changed.length - LINES_MAX} more</li> : null}
        </ul>
      ) : null}
    </div>
  );
}
