import styles from './progress.module.css';

/** How far something is; only where the whole is known. A stock stands in ink, work that moves in the accent. */
export function Progress({
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
  readonly tone?: 'soon';
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
