import styles from '../editor/controls.module.css';

interface RangeTrackProps {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** One thumb or two. */
  readonly thumbs: readonly { readonly name: string; readonly value: number; readonly valueText?: string }[];
  /** Start and end of the filled part of the bar. */
  readonly filled: readonly [number, number];
  readonly onChange: (thumb: number, value: number) => void;
}

/** One native range input per thumb over a shared bar; the filled part is the accepted range. */
export function RangeSlider({ min, max, step, thumbs, filled: [from, to], onChange }: RangeTrackProps) {
  const shareOf = (value: number) => Math.min(1, Math.max(0, (value - min) / (max - min)));
  return (
    <span className={styles['track']} data-thumbs={thumbs.length}>
      <span aria-hidden style={{ left: `${shareOf(from) * 100}%`, right: `${(1 - shareOf(to)) * 100}%` }} />
      {thumbs.map((thumb, at) => (
        <input
          key={thumb.name}
          type="range"
          min={min}
          max={max}
          step={step}
          value={thumb.value}
          aria-label={thumb.name}
          aria-valuetext={thumb.valueText}
          onChange={(event) => onChange(at, Number(event.target.value))}
        />
      ))}
    </span>
  );
}
