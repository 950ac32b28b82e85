import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { listDifferences } from '#shared/domain/policies/policy-diff.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { Differences } from '../preview/differences.tsx';
import { deleteDraft } from './draft-store.ts';
import type { SaveProps } from './save-props.ts';
import styles from './policy-editor.module.css';
import { feasibilityText, progressText } from '../preview/feasibility-text.ts';

/** Shows the changes against the previous version and asks to save. Saving leads to the versions page, which shows a receipt. */
export function SaveDialog({ draft, results: answers, base, family, onClose }: SaveProps & { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const { name, policy } = draft.content;
  const save = useMutation(
    trpc.playlistAdmin.policies.create.mutationOptions({
      onSuccess: async ({ id, version }) => {
        deleteDraft(base.key);
        await queryClient.invalidateQueries(trpc.playlistAdmin.policies.pathFilter());
        await navigate({
          to: '/admin/policies/$familyId',
          params: { familyId: family?.familyId ?? id },
          search: { view: 'versions', saved: version },
        });
      },
    }),
  );
  const body: unknown = JSON.parse(draft.document ?? 'null');
  const differences = family ? listDifferences(base.policy, policy) : [];
  const check = answers.feasibility;
  const feasibility = check?.result;
  return (
    <Dialog
      title={family ? `Save “${name}” as version ${family.version + 1}?` : `Save “${name}”?`}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            look="primary"
            working={save.isPending ? 'Checking and saving…' : false}
            onClick={() => save.mutate({ name: name.trim(), body, ...(family ? { familyId: family.familyId, basedOn: family.version } : {}) })}
          >
            {family ? `Save version ${family.version + 1}` : 'Save policy'}
          </Button>
        </>
      }
    >
      {family ? (
        <Differences differences={withName(differences, { before: base.name, after: name })} />
      ) : (
        <Rules rules={answers.check.data?.rules ?? []} />
      )}
      {check?.verdict === 'open' && check.stage !== null ? (
        <p className="small muted" role="status">
          {progressText(check)} Segue saves the policy once the check is done and finds enough music.
        </p>
      ) : null}
      {feasibility?.kind === 'infeasible' ? (
        <p className={styles['caution']}>
          <b>{feasibilityText(feasibility)}</b> This counts all playlists that follow the policy. Segue checks again when you save.
        </p>
      ) : null}
      {family && family.playlists > 0 ? (
        <p className="small muted">
          {plural(family.playlists, 'playlist')} follow{family.playlists === 1 ? 's' : ''} an earlier version until you switch{' '}
          {family.playlists === 1 ? 'it' : 'them'} to this one.
        </p>
      ) : null}
      {save.error ? <InlineError error={save.error} /> : null}
    </Dialog>
  );
}

function Rules({ rules }: { readonly rules: readonly string[] }) {
  return (
    <ul className={styles['rules']}>
      {rules.map((rule) => (
        <li key={rule}>{rule}</li>
      ))}
    </ul>
  );
}

type Difference = ReturnType<typeof listDifferences>[number];

const withName = (differences: readonly Difference[], name: { readonly before: string; readonly after: string }): readonly Difference[] =>
  name.before === name.after ? differences : [{ path: 'name', what: 'Name', before: name.before, after: name.after }, ...differences];
