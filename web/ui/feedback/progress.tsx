import styles from './progress.module.css';

/** A bar for a share of a known total. `moving` marks work in progress (progress bar, accent color); otherwise it is a meter. */
export function ProgressBar({
  value,
  max,
  name,
  moving = false,
  tone,
}: {
  readonly value: number;
  readonly max: number;
  readonly name: string;
  readonly moving?: boolean;
  readonly tone?: 'soon' | 'bad';
}) {
  const share = max === 0 ? 0 : Math.min(1, Math.max(0, value / max));
  return (
    <span
      className={styles['bar']}
      role={moving ? 'progressbar' : 'meter'}
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      data-moving={moving || undefined}
      data-tone={tone}
    >
      <span style={{ width: `${share * 100}%` }} />
    </span>
  );
}
