import { Plus } from '@phosphor-icons/react/Plus';
import type { Preference } from '#shared/contracts/policies/policy.ts';
import { describePreference, fieldLabel } from '#shared/domain/policies/describe-policy.ts';
import { NUMBER_FIELDS, TAG_FIELDS } from '#shared/domain/catalog/fields.ts';
import { percent } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { useProblemAt } from '../editor/editor-context.ts';
import controls from '../editor/controls.module.css';
import { NumberInput } from '../rules/number-input.tsx';
import { NUMBER_DOMAINS } from '../rules/rule-fields.ts';
import styles from './preferences.module.css';
import { TargetInput } from './target-input.tsx';
import type { PreferenceUse } from './target-input.tsx';

interface PreferenceListProps {
  readonly preferences: readonly Preference[];
  /** Path of the list in the policy document. */
  readonly path: string;
  readonly use: PreferenceUse;
  readonly max: number;
  readonly addLabel: string;
  /** `key` is the same for consecutive edits of one preference. */
  readonly onChange: (next: Preference[], key?: string) => void;
}

/** Preferences as lines to edit: for each its target and spread, its weight, and its share of the total weight. */
export function PreferenceList({ preferences, path, use, max, addLabel, onChange }: PreferenceListProps) {
  const total = preferences.reduce((sum, one) => sum + one.weight, 0);
  return (
    <>
      <ul className={styles['list']}>
        {preferences.map((preference, at) => (
          // A preference has no id; its position identifies it.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at} data-path={`${path}.${at}`}>
            <PreferenceLine
              preference={preference}
              path={`${path}.${at}`}
              use={use}
              share={preference.weight / total}
              onChange={(next) =>
                onChange(
                  preferences.map((one, index) => (index === at ? next : one)),
                  `${path} ${at}`,
                )
              }
              onRemove={() => onChange(preferences.filter((_, index) => index !== at))}
            />
          </li>
        ))}
      </ul>
      {preferences.length < max ? (
        <Button look="quiet" size="small" icon={<Plus size={14} aria-hidden />} onClick={() => onChange([...preferences, newPreference('energy')])}>
          {addLabel}
        </Button>
      ) : null}
    </>
  );
}

interface PreferenceLineProps {
  readonly preference: Preference;
  readonly path: string;
  readonly use: PreferenceUse;
  readonly share: number;
  readonly onChange: (next: Preference) => void;
  readonly onRemove: () => void;
}

function PreferenceLine({ preference, path, use, share, onChange, onRemove }: PreferenceLineProps) {
  const problem = useProblemAt(path);
  return (
    <div className={styles['line']} role="group" aria-label={`Preference: ${describePreference(preference)}`}>
      <div className={styles['what']}>
        <PreferenceField preference={preference} onChange={onChange} />
        <PreferenceValue preference={preference} use={use} onChange={onChange} />
      </div>
      <div className={styles['weight']}>
        <span className={controls['unit']}>weight</span>
        <NumberInput
          label="Weight"
          min={0.1}
          max={100}
          step={0.1}
          value={preference.weight}
          onChange={(weight) => onChange({ ...preference, weight })}
        />
        <span className={styles['share']} aria-hidden>
          <span style={{ width: `${share * 100}%` }} />
        </span>
        <span className={controls['unit']}>{percent(share)}</span>
      </div>
      <Button look="quiet" size="small" aria-label={`Remove the preference for ${describePreference(preference)}`} onClick={onRemove}>
        Remove
      </Button>
      {problem ? <p className={controls['problem']}>{problem}</p> : null}
    </div>
  );
}

function PreferenceField({ preference, onChange }: Pick<PreferenceLineProps, 'preference' | 'onChange'>) {
  return (
    <select
      className={controls['select']}
      aria-label="Preferred field"
      value={preference.field}
      onChange={(event) => onChange({ ...newPreference(event.target.value), weight: preference.weight })}
    >
      {[...NUMBER_FIELDS, ...TAG_FIELDS].map((field) => (
        <option key={field} value={field}>
          {fieldLabel(field)}
        </option>
      ))}
      <option value="release_date">Newer releases</option>
    </select>
  );
}

const NEWEST_HINTS: Readonly<Record<PreferenceUse, string>> = {
  track: 'score halves after one year',
  list: 'by rank within the pool',
  role: 'by rank within the list',
};

function PreferenceValue({ preference, use, onChange }: Pick<PreferenceLineProps, 'preference' | 'use' | 'onChange'>) {
  if ('newest' in preference) return <span className={controls['hint']}>{NEWEST_HINTS[use]}</span>;
  if ('has' in preference) {
    return (
      <input
        type="text"
        className={controls['text']}
        aria-label="Tag"
        list={`known-${preference.field}`}
        maxLength={100}
        value={preference.has}
        onChange={(event) => onChange({ ...preference, has: event.target.value })}
      />
    );
  }
  return <TargetInput preference={preference} use={use} onChange={onChange} />;
}

function newPreference(field: string): Preference {
  const tag = TAG_FIELDS.find((one) => one === field);
  if (tag) return { field: tag, has: '', weight: 1 };
  if (field === 'release_date') return { field, newest: true, weight: 1 };
  const number = NUMBER_FIELDS.find((one) => one === field) ?? 'energy';
  const { min, max, step } = NUMBER_DOMAINS[number];
  const onStep = (value: number) => Number((Math.round(value / step) * step).toFixed(4));
  return { field: number, toward: onStep((min + max) / 2), spread: Math.max(step, onStep((max - min) / 5)), weight: 1 };
}
