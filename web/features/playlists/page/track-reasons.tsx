import { ArrowSquareOut } from '@phosphor-icons/react/ArrowSquareOut';
import type { EntryView } from '#shared/contracts/views.ts';
import { dayName } from '#web/lib/dates.ts';
import { count, percent } from '#web/lib/words.ts';
import styles from './track-reasons.module.css';

/** The whole reckoning for one track: what let it in, what pulled for it, how much was chance. */
export function TrackReasons({ entry }: { readonly entry: EntryView }) {
  const { reasons } = entry;
  const pulls = [
    ...reasons.preferences.map((one) => ({ what: one.what, share: one.share, note: one.unknown ? 'unknown, counted as middling' : null })),
    { what: 'seeded chance', share: reasons.chance, note: null },
  ];
  return (
    <div className={styles['reasons']}>
      <div>
        <h3>What let it in</h3>
        <ul className={styles['rules']}>
          {reasons.admittedBy.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
          <li>
            {reasons.lastUsedOn === null
              ? 'never in the network before'
              : `last heard on ${dayName(reasons.lastUsedOn)}; the rule asks ${reasons.restDays} days`}
          </li>
        </ul>
      </div>
      <div>
        <h3>What pulled for it</h3>
        <ul className={styles['pulls']}>
          {pulls.map((pull) => (
            <li key={pull.what}>
              <span>
                {pull.what}
                {pull.note ? <em> {pull.note}</em> : null}
              </span>
              <span className={styles['bar']}>
                <span style={{ width: `${Math.round(pull.share * 100)}%` }} />
              </span>
              <span className={styles['share']}>{percent(pull.share)}</span>
            </li>
          ))}
        </ul>
        <p className={styles['foot']}>
          Ranked {count(reasons.rank)} that day, before caps. From {entry.album}
          {entry.releasedOn ? `, ${entry.releasedOn.slice(0, 4)}` : ''}.{' '}
          <a className="link" href={entry.spotifyUrl} target="_blank" rel="noreferrer">
            Open in Spotify <ArrowSquareOut size={14} className="icon" aria-hidden />
          </a>
        </p>
      </div>
    </div>
  );
}
