import styles from '../editor/controls.module.css';

interface RangeTrackProps {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** One thumb or two. */
  readonly thumbs: readonly { readonly name: string; readonly value: number; readonly says?: string }[];
  /** From where to where the bar is filled. */
  readonly filled: readonly [number, number];
  readonly onChange: (thumb: number, value: number) => void;
}

/** A native slider for each thumb over one bar; the bar shows what is let through. */
export function RangeTrack({ min, max, step, thumbs, filled: [from, to], onChange }: RangeTrackProps) {
  const share = (value: number) => Math.min(1, Math.max(0, (value - min) / (max - min)));
  return (
    <span className={styles['track']} data-thumbs={thumbs.length}>
      <span aria-hidden style={{ left: `${share(from) * 100}%`, right: `${(1 - share(to)) * 100}%` }} />
      {thumbs.map((thumb, at) => (
        <input
          key={thumb.name}
          type="range"
          min={min}
          max={max}
          step={step}
          value={thumb.value}
          aria-label={thumb.name}
          aria-valuetext={thumb.says}
          onChange={(event) => onChange(at, Number(event.target.value))}
        />
      ))}
    </span>
  );
}
