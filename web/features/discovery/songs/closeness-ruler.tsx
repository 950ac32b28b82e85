import { useId, useState } from 'react';
import type { Closeness } from '#shared/domain/discovery/matchers/closeness.ts';
import styles from './closeness-ruler.module.css';

/** The stages with the part of each ranked source that they take. */
const STAGES: readonly { readonly id: Closeness; readonly name: string; readonly takes: string }[] = [
  { id: 'nearest', name: 'Nearest', takes: 'the nearest tenth of each source' },
  { id: 'close', name: 'Close', takes: 'the nearest quarter of each source' },
  { id: 'balanced', name: 'Balanced', takes: 'the nearest half of each source' },
  { id: 'distant', name: 'Distant', takes: 'each source without its nearest sixth and its last quarter' },
  { id: 'adventurous', name: 'Adventurous', takes: 'each source without its nearest third' },
];
const BALANCED = 2;

interface ClosenessRulerProps {
  readonly value: Closeness | undefined;
  readonly onChange: (value: Closeness) => void;
}

/** How far from the songs a list may go: a ruler of five stages, each of which says what it takes. */
export function ClosenessRuler({ value, onChange }: ClosenessRulerProps) {
  const id = useId();
  const chosen = value === undefined ? BALANCED : STAGES.findIndex((stage) => stage.id === value);
  const [at, setAt] = useState(chosen);
  const [known, setKnown] = useState(chosen);
  if (known !== chosen) {
    setKnown(chosen);
    setAt(chosen);
  }
  const stage = STAGES[at] ?? STAGES[BALANCED];
  const commit = () => {
    if (stage && at !== chosen) onChange(stage.id);
  };
  return (
    <div className={styles['ruler']}>
      <label htmlFor={id}>Closeness</label>
      <input
        id={id}
        type="range"
        min={0}
        max={STAGES.length - 1}
        step={1}
        list={`${id}-stages`}
        value={at}
        aria-valuetext={`${stage?.name ?? ''}: ${stage?.takes ?? ''}`}
        onChange={(event) => setAt(Number(event.target.value))}
        onPointerUp={commit}
        onKeyUp={commit}
        onBlur={commit}
      />
      <datalist id={`${id}-stages`}>
        {STAGES.map(({ id: key, name }, index) => (
          <option key={key} value={index} label={name} />
        ))}
      </datalist>
      <p className={styles['stages']} aria-hidden>
        {STAGES.map(({ id: key, name }, index) => (
          <span key={key} data-now={index === at || undefined}>
            {name}
          </span>
        ))}
      </p>
      <p className={styles['takes']}>Takes {stage?.takes}.</p>
    </div>
  );
}
