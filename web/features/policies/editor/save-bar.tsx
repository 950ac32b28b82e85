import { useState } from 'react';
import { listDifferences } from '#shared/domain/policies/policy-diff.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { PlayDialog } from '../simulation/play-dialog.tsx';
import styles from './policy-editor.module.css';
import { SaveDialog } from './save-dialog.tsx';
import type { SaveProps } from './save-props.ts';

/** What is not saved yet, and the two ways on: playing it forward first, or saving it. */
export function SaveBar(props: SaveProps) {
  const { draft, answers, base, family } = props;
  const [isSaving, setSaving] = useState(false);
  const [isPlaying, setPlaying] = useState(false);
  const problems = answers.check.data?.problems.length ?? 0;
  const isSound = draft.document !== null && answers.isCurrent && problems === 0;
  const canSave = (draft.isChanged || !family) && isSound && draft.written.name.trim() !== '' && !isRefused(props);
  const label = family ? `Save as version ${family.version + 1}` : 'Save the policy';
  return (
    <div className={styles['bar']}>
      <p>
        <b>{stateWords(props)}</b>
        <span className="muted"> {hintWords(props)}</span>
      </p>
      <div>
        {draft.isChanged ? (
          <Button look="quiet" onClick={() => draft.act({ act: 'replace', written: { name: base.name, policy: base.policy, text: base.text } })}>
            {family ? `Back to version ${family.version}` : 'Begin again'}
          </Button>
        ) : null}
        {draft.isChanged || !family ? (
          <Button disabled={!isSound || draft.written.name.trim() === ''} onClick={() => setPlaying(true)}>
            Play it forward…
          </Button>
        ) : null}
        <Button look="primary" disabled={!canSave} onClick={() => setSaving(true)}>
          {label}…
        </Button>
      </div>
      {isPlaying ? <PlayDialog {...props} onClose={() => setPlaying(false)} /> : null}
      {isSaving ? <SaveDialog {...props} onClose={() => setSaving(false)} /> : null}
    </div>
  );
}

function stateWords({ draft, base, family }: SaveProps): string {
  if (!family) return 'A new policy.';
  if (!draft.isChanged) return `As saved in version ${family.version}.`;
  const differences = listDifferences(base.policy, draft.written.policy).length + (base.name === draft.written.name ? 0 : 1);
  return differences === 0 ? 'Not saved.' : `${plural(differences, 'difference')} to version ${family.version}, not saved.`;
}

function hintWords(props: SaveProps): string {
  const { draft, answers } = props;
  if (draft.document === null) return 'Mend the JSON first.';
  if (draft.written.name.trim() === '') return 'It needs a name.';
  const problems = answers.check.data?.problems.length ?? 0;
  if (answers.isCurrent && problems > 0) return 'Put right what is marked first.';
  if (answers.isCurrent && isRefused(props)) return 'Loosen one of the rules that cannot hold together first.';
  return draft.isChanged ? 'Kept as a draft in this browser.' : '';
}

/** What even one list cannot live on is not stored; with several playlists the house judges when it is asked to. */
const isRefused = ({ answers, family }: SaveProps) => answers.feasibility?.kind === 'infeasible' && (family?.playlists ?? 1) <= 1;
