import { useState } from 'react';
import styles from './compare-slider.module.css';

interface CompareSliderProps {
  readonly before: string;
  readonly after: string;
  /** Width divided by height. */
  readonly ratio: number;
  /** What the pictures show. */
  readonly name: string;
}

/** Two versions of a picture over each other with a divider between them, before on the left. It is a slider for the mouse, touch and keys. */
export function CompareSlider({ before, after, ratio, name }: CompareSliderProps) {
  const [cut, setCut] = useState(50);
  return (
    <div className={styles['compare']} style={{ aspectRatio: ratio }}>
      <img src={before} alt={`Before: ${name}`} />
      <img src={after} alt={`After: ${name}`} style={{ clipPath: `inset(0 0 0 ${cut}%)` }} />
      <span className={styles['line']} style={{ left: `${cut}%` }} />
      <span className={styles['word']} style={{ left: 12 }} aria-hidden>
        Before
      </span>
      <span className={styles['word']} style={{ right: 12 }} aria-hidden>
        After
      </span>
      <input
        type="range"
        min={0}
        max={100}
        value={cut}
        aria-label="Compare: position of the divider"
        aria-valuetext={`${cut}% before, ${100 - cut}% after`}
        onChange={(event) => setCut(Number(event.target.value))}
      />
    </div>
  );
}
