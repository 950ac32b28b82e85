import { useId } from 'react';
import type { ModelView } from '#shared/contracts/studio/model-views.ts';
import { dayName } from '#web/lib/dates.ts';
import { plural } from '#web/lib/words.ts';
import { price } from '../money.ts';
import styles from './model-choice.module.css';

interface ModelChoiceProps {
  readonly models: readonly ModelView[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** The models that can draw, with the price of one picture each. Those that cannot be used are folded below, each with the reason. */
export function ModelChoice({ models, chosen, onChoose }: ModelChoiceProps) {
  const name = useId();
  const usable = models.filter((view) => view.unavailableBecause === null);
  const others = models.filter((view) => view.unavailableBecause !== null);
  return (
    <div className={styles['models']}>
      <div role="radiogroup" aria-label="Drawn by">
        {usable.map((view) => (
          <label key={view.model.id} className={styles['model']}>
            <input type="radio" name={name} checked={chosen === view.model.id} onChange={() => onChoose(view.model.id)} />
            <span className={styles['name']}>{view.model.label}</span>
            <span className={styles['price']}>{price(view.fromUsdMicros)}</span>
            <span className={styles['about']}>{describeModelState(view)}</span>
          </label>
        ))}
      </div>
      {others.length > 0 ? (
        <details className={styles['others']}>
          <summary>{plural(others.length, 'model')} cannot be used now</summary>
          <ul>
            {others.map(({ model, unavailableBecause }) => (
              <li key={model.id}>{unavailableBecause}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}

function describeModelState({ model, state }: ModelView): string {
  if (state.kind === 'ending') return `${model.goodFor}. Ends on ${dayName(state.until)}.`;
  return model.goodFor;
}
