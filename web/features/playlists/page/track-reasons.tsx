import { ArrowSquareOut } from '@phosphor-icons/react/ArrowSquareOut';
import type { EntryView } from '#shared/contracts/playlists/playlist-views.ts';
import { dayName } from '#web/lib/dates.ts';
import { count, percent, plural } from '#web/lib/words.ts';
import styles from './track-reasons.module.css';

/** All reasons for one track: the rules it meets, how each preference and the seeded random part contributed to its score, and its rank. */
export function TrackReasons({ entry, candidates }: { readonly entry: EntryView; readonly candidates: number | null }) {
  const { reasons } = entry;
  const contributions = [
    ...reasons.preferences.map((one) => ({ what: one.what, share: one.share, note: one.unknown ? 'unknown, scored as average' : null })),
    { what: 'Random part (seeded)', share: reasons.chance, note: null },
  ];
  return (
    <div className={styles['reasons']}>
      <div>
        <h3>Rules it meets</h3>
        <ul className={styles['rules']}>
          {reasons.admittedBy.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
          <li>
            {reasons.lastUsedOn === null
              ? 'First time: no earlier play on record'
              : `Last played on ${dayName(reasons.lastUsedOn)} (repeat window: ${plural(reasons.restDays, 'day')})`}
          </li>
        </ul>
      </div>
      <div>
        <h3>Why it scored</h3>
        <ul className={styles['scores']}>
          {contributions.map((one) => (
            <li key={one.what}>
              <span>
                {one.what}
                {one.note ? <em> {one.note}</em> : null}
              </span>
              <span className={styles['bar']}>
                <span style={{ width: `${Math.round(one.share * 100)}%` }} />
              </span>
              <span className={styles['share']}>{percent(one.share)}</span>
            </li>
          ))}
        </ul>
        <p className={styles['foot']}>
          Ranked {rankName(reasons.rank)}
          {candidates === null ? '' : ` of ${count(candidates)}`} before the artist and album limits. From {entry.album}
          {entry.releasedOn ? `, ${entry.releasedOn.slice(0, 4)}` : ''}.{' '}
          <a className="link" href={entry.spotifyUrl} target="_blank" rel="noreferrer">
            Open in Spotify <ArrowSquareOut size={14} className="icon" aria-hidden />
          </a>
        </p>
      </div>
    </div>
  );
}

const ordinalRules = new Intl.PluralRules('en', { type: 'ordinal' });
const SUFFIXES: Readonly<Record<Intl.LDMLPluralRule, string>> = { zero: 'th', one: 'st', two: 'nd', few: 'rd', many: 'th', other: 'th' };

/** `43` → "43rd". */
const rankName = (rank: number) => `${count(rank)}${SUFFIXES[ordinalRules.select(rank)]}`;
