import type { LeafRule } from '#shared/contracts/policies/policy.ts';
import { describeRule, fieldLabel } from '#shared/domain/policies/describe-policy.ts';
import { count } from '#web/lib/words.ts';
import { useEditor, useProblemAt } from '../editor/editor-context.ts';
import { LeafValue } from './leaf-value.tsx';
import { moveByKeys } from './move-by-keys.ts';
import { RuleCountText } from '../preview/rule-count.tsx';
import { FIELD_GROUPS, kindOfField, defaultLeaf, operatorLabels, withOperator } from './rule-fields.ts';
import type { RuleField } from './rule-fields.ts';
import { RuleMenu } from './rule-menu.tsx';
import { pathKey, replacePart } from './rule-path.ts';
import type { RulePath } from './rule-path.ts';
import styles from './rules.module.css';
import { moveRule } from './tree-edits.ts';

interface RuleLeafProps {
  readonly path: RulePath;
  readonly rule: LeafRule;
  readonly notAt: RulePath | undefined;
}

/** One comparison in one row: field, operator, value, and the number of recordings that match. */
export function RuleLeaf({ path, rule, notAt }: RuleLeafProps) {
  const editor = useEditor();
  const own = notAt ?? path;
  const key = pathKey(path);
  const problem = useProblemAt(key);
  const set = (leaf: LeafRule) => editor.edit(replacePart(editor.policy, path, leaf), `leaf ${key}`);
  const unknown = editor.counts.get(pathKey(own))?.unknown ?? 0;
  const kind = kindOfField(rule.field)?.kind ?? 'number';
  const label = `${notAt ? 'Not: ' : ''}${describeRule(rule)}`;
  return (
    <div
      className={styles['leaf']}
      data-path={pathKey(own)}
      data-wrong={problem !== null || undefined}
      role="group"
      aria-label={label}
      onKeyDown={(event) => moveByKeys(event, (step) => editor.editTree(moveRule(editor.policy, own, step)))}
    >
      <div className={styles['controls']}>
        {notAt ? <span className={styles['not']}>not</span> : null}
        <FieldSelect value={rule.field} onChange={(field) => set(defaultLeaf(field))} />
        <OpSelect words={operatorLabels(kind)} value={rule.op} onChange={(op) => set(withOperator(rule, op))} />
        <LeafValue leaf={rule} onChange={set} />
      </div>
      <RuleCountText path={own}>
        {unknown > 0 ? <span className={styles['unknowns']}>{count(unknown)} unknown</span> : null}
        <select
          className={styles['unknown']}
          aria-label="If unknown"
          value={rule.whenUnknown}
          onChange={(event) => set({ ...rule, whenUnknown: event.target.value === 'include' ? 'include' : 'exclude' })}
        >
          <option value="exclude">Leave out if unknown</option>
          <option value="include">Include if unknown</option>
        </select>
      </RuleCountText>
      <RuleMenu path={own} name={label} />
      {problem ? <p className={styles['problem']}>{problem}</p> : null}
    </div>
  );
}

function FieldSelect({ value, onChange }: { readonly value: RuleField; readonly onChange: (field: RuleField) => void }) {
  return (
    <select
      className={styles['field']}
      aria-label="Field"
      value={value}
      onChange={(event) => {
        const field = FIELD_GROUPS.flatMap(({ fields }) => fields).find((one) => one === event.target.value);
        if (field) onChange(field);
      }}
    >
      {FIELD_GROUPS.map(({ name, fields }) => (
        <optgroup key={name} label={name}>
          {fields.map((field) => (
            <option key={field} value={field}>
              {fieldLabel(field)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

interface OpSelectProps {
  readonly words: Readonly<Record<string, string>>;
  readonly value: string;
  readonly onChange: (op: string) => void;
}

/** Plain text if the field has only one operator. */
function OpSelect({ words, value, onChange }: OpSelectProps) {
  const ops = Object.entries(words);
  if (ops.length === 1) return <span className={styles['op']}>{ops[0]?.[1]}</span>;
  return (
    <select className={styles['field']} aria-label="Comparison" value={value} onChange={(event) => onChange(event.target.value)}>
      {ops.map(([op, word]) => (
        <option key={op} value={op}>
          {word}
        </option>
      ))}
    </select>
  );
}
