import { useState } from 'react';
import { listDifferences } from '#shared/domain/policies/policy-diff.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { SimulateDialog } from '../simulation/simulate-dialog.tsx';
import styles from './policy-editor.module.css';
import { SaveDialog } from './save-dialog.tsx';
import type { SaveProps } from './save-props.ts';

/** The draft's unsaved changes, with the actions revert, simulate and save. */
export function SaveBar(props: SaveProps) {
  const { draft, results: answers, base, family } = props;
  const [isSaving, setSaving] = useState(false);
  const [isSimulating, setSimulating] = useState(false);
  const problems = answers.check.data?.problems.length ?? 0;
  const isValid = draft.document !== null && answers.isCurrent && problems === 0;
  const canSave = (draft.isChanged || !family) && isValid && draft.content.name.trim() !== '' && !isRefused(props);
  const label = family ? `Save as version ${family.version + 1}` : 'Save policy';
  return (
    <div className={styles['bar']}>
      <p>
        <b>{statusText(props)}</b>
        <span className="muted"> {hintText(props)}</span>
      </p>
      <div>
        {draft.isChanged ? (
          <Button
            look="quiet"
            onClick={() => draft.dispatch({ type: 'replace', content: { name: base.name, policy: base.policy, text: base.text } })}
          >
            {family ? `Revert to version ${family.version}` : 'Start over'}
          </Button>
        ) : null}
        {draft.isChanged || !family ? (
          <Button disabled={!isValid || draft.content.name.trim() === ''} onClick={() => setSimulating(true)}>
            Simulate…
          </Button>
        ) : null}
        <Button look="primary" disabled={!canSave} onClick={() => setSaving(true)}>
          {label}…
        </Button>
      </div>
      {isSimulating ? <SimulateDialog {...props} onClose={() => setSimulating(false)} /> : null}
      {isSaving ? <SaveDialog {...props} onClose={() => setSaving(false)} /> : null}
    </div>
  );
}

function statusText({ draft, base, family }: SaveProps): string {
  if (!family) return 'New policy.';
  if (!draft.isChanged) return `No changes since version ${family.version}.`;
  const differences = listDifferences(base.policy, draft.content.policy).length + (base.name === draft.content.name ? 0 : 1);
  return differences === 0 ? 'Unsaved changes.' : `${plural(differences, 'unsaved change')} since version ${family.version}.`;
}

function hintText(props: SaveProps): string {
  const { draft, results: answers } = props;
  if (draft.document === null) return 'Fix the JSON first.';
  if (draft.content.name.trim() === '') return 'Enter a name.';
  const problems = answers.check.data?.problems.length ?? 0;
  if (answers.isCurrent && problems > 0) return 'Fix the marked problems first.';
  if (answers.isCurrent && isRefused(props)) return 'Relax one of the conflicting rules first.';
  return draft.isChanged ? 'Draft stored in this browser.' : '';
}

/** A policy that cannot fill even one playlist is not saved. With several playlists the server decides on saving. */
const isRefused = ({ results: answers, family }: SaveProps) => answers.feasibility?.verdict === 'infeasible' && (family?.playlists ?? 1) <= 1;
