import { joinNames } from '#web/lib/words.ts';
import styles from './charts.module.css';

interface Share {
  readonly name: string;
  /** In the unit of `whole`. */
  readonly share: number;
}

/** Parts of a whole as one bar, each with its name and share below. The unassigned part is hatched; an excess is shown in red. */
export function StackedShare({ title, parts, whole = 100 }: { readonly title: string; readonly parts: readonly Share[]; readonly whole?: number }) {
  const assigned = parts.reduce((sum, part) => sum + part.share, 0);
  const unassigned = whole - assigned;
  const scale = Math.max(whole, assigned);
  const named = parts.map((part) => `${part.name} ${round(part.share)}%`);
  const summary = `${title}: ${joinNames([...named, ...(unassigned > TOLERANCE ? [`${round(unassigned)}% unassigned`] : [])])}`;
  return (
    <div className={styles['stack']} role="img" aria-label={unassigned < -TOLERANCE ? `${summary}; ${round(-unassigned)}% over` : summary}>
      <div className={styles['stacked']} data-over={unassigned < -TOLERANCE || undefined}>
        {parts.map((part, at) => (
          <span key={`${part.name} ${at}`} data-part={at % PART_TONES} style={{ width: `${(part.share / scale) * 100}%` }}>
            <span>
              {part.name} <b>{round(part.share)}%</b>
            </span>
          </span>
        ))}
        {unassigned > TOLERANCE ? (
          <span data-unassigned style={{ width: `${(unassigned / scale) * 100}%` }}>
            <span>
              unassigned <b>{round(unassigned)}%</b>
            </span>
          </span>
        ) : null}
      </div>
    </div>
  );
}

/** Smaller differences count as equal, because thirds do not add up exactly. */
const TOLERANCE = 0.01;
const PART_TONES = 3;
const round = (value: number) => Math.round(value * 10) / 10;
