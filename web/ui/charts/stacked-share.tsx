import { listed } from '#web/lib/words.ts';
import styles from './charts.module.css';

interface Share {
  readonly name: string;
  /** Of `whole`. */
  readonly share: number;
}

/** Parts of a whole as one bar, each with its name and share under it; what is not given yet is hatched. Too much runs out in red. */
export function StackedShare({ title, parts, whole = 100 }: { readonly title: string; readonly parts: readonly Share[]; readonly whole?: number }) {
  const given = parts.reduce((sum, part) => sum + part.share, 0);
  const rest = whole - given;
  const scale = Math.max(whole, given);
  const named = parts.map((part) => `${part.name} ${round(part.share)} %`);
  const says = `${title}: ${listed([...named, ...(rest > EXACT ? [`${round(rest)} % not given yet`] : [])])}`;
  return (
    <div className={styles['stack']} role="img" aria-label={rest < -EXACT ? `${says}; ${round(-rest)} % too much` : says}>
      <div className={styles['stacked']} data-over={rest < -EXACT || undefined}>
        {parts.map((part, at) => (
          <span key={`${part.name} ${at}`} data-part={at % PART_TONES} style={{ width: `${(part.share / scale) * 100}%` }}>
            <span>
              {part.name} <b>{round(part.share)} %</b>
            </span>
          </span>
        ))}
        {rest > EXACT ? (
          <span data-rest style={{ width: `${(rest / scale) * 100}%` }}>
            <span>
              to give <b>{round(rest)} %</b>
            </span>
          </span>
        ) : null}
      </div>
    </div>
  );
}

/** Shares that differ by less are equal: thirds never add up exactly. */
const EXACT = 0.01;
const PART_TONES = 3;
const round = (value: number) => Math.round(value * 10) / 10;
