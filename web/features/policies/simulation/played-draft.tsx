import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { PlayedDraft, PolicyFamilyView } from '#shared/contracts/policies/policy-views.ts';
import { describePolicy } from '#shared/domain/policies/describe-policy.ts';
import { listDifferences } from '#shared/domain/policies/policy-diff.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { Refusal } from '#web/ui/feedback/states.tsx';
import { Differences } from '../preview/differences.tsx';
import { forgetDraft, keepDraft, recallDraft } from '../editor/draft-store.ts';
import editor from '../editor/policy-editor.module.css';
import styles from './played-draft.module.css';

interface PlayedDraftBarProps {
  readonly draft: PlayedDraft;
  readonly family: PolicyFamilyView | undefined;
  /** How the draft is kept in this browser, when it was written here. */
  readonly draftKey: string | undefined;
}

/** What was played is a draft: from here it is saved as the next version, or written on. */
export function PlayedDraftBar(props: PlayedDraftBarProps) {
  const { draft, family } = props;
  const [isSaving, setSaving] = useState(false);
  const navigate = useNavigate();
  const next = (family?.versions[0]?.version ?? 0) + 1;
  const saved = family?.versions.find(({ name, body }) => name === draft.name && listDifferences(body, draft.policy).length === 0);
  const key = keyOf(props);
  const writeOn = async () => {
    if (!recallDraft(key)) keepDraft(key, { name: draft.name, policy: draft.policy, text: null });
    if (family) await navigate({ to: '/admin/policies/$familyId', params: { familyId: family.familyId }, search: {} });
    else await navigate({ to: '/admin/policies/new', search: { from: templateIn(key) } });
  };
  return (
    <div className={styles['bar']}>
      <p>
        {saved ? (
          <b>Saved as version {saved.version}.</b>
        ) : (
          <>
            <b>“{draft.name}” is a draft.</b> <span className="muted">Nothing of it is saved yet.</span>
          </>
        )}
      </p>
      {saved ? null : (
        <div>
          <Button look="quiet" onClick={() => void writeOn()}>
            Go on writing
          </Button>
          <Button look="primary" onClick={() => setSaving(true)}>
            {family ? `Save as version ${next}…` : 'Save the policy…'}
          </Button>
        </div>
      )}
      {isSaving ? <SavePlayed {...props} draftKey={key} version={next} onClose={() => setSaving(false)} /> : null}
    </div>
  );
}

const NEW = 'new.';

/** A new policy is kept by the template that it began from. */
const keyOf = ({ draft, draftKey }: PlayedDraftBarProps) => draft.familyId ?? (draftKey?.startsWith(NEW) ? draftKey : `${NEW}everything`);

const templateIn = (key: string) => key.slice(NEW.length);

interface SavePlayedProps extends PlayedDraftBarProps {
  readonly draftKey: string;
  readonly version: number;
  readonly onClose: () => void;
}

/** What saving changes against the newest version there is, then one button. */
function SavePlayed({ draft, family, draftKey, version, onClose }: SavePlayedProps) {
  const navigate = useNavigate();
  const latest = family?.versions[0];
  const save = useMutation(
    trpc.policies.create.mutationOptions({
      onSuccess: async ({ id, version: saved }) => {
        const kept = recallDraft(draftKey);
        // What was written on since stays a draft.
        if (kept && listDifferences(kept.policy, draft.policy).length === 0) forgetDraft(draftKey);
        await queryClient.invalidateQueries(trpc.policies.pathFilter());
        await navigate({ to: '/admin/policies/$familyId', params: { familyId: family?.familyId ?? id }, search: { view: 'versions', saved } });
      },
    }),
  );
  const differences = latest ? listDifferences(latest.body, draft.policy) : [];
  const named =
    latest && latest.name !== draft.name ? [{ path: 'name', what: 'Name', before: latest.name, after: draft.name }, ...differences] : differences;
  return (
    <Dialog
      title={family ? `“${draft.name}” becomes version ${version}.` : `“${draft.name}” is written down.`}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            Not yet
          </Button>
          <Button
            look="primary"
            working={save.isPending ? 'Proving and saving…' : false}
            onClick={() =>
              save.mutate({
                name: draft.name,
                body: draft.policy,
                ...(draft.familyId === null ? {} : { familyId: draft.familyId, basedOn: version - 1 }),
              })
            }
          >
            {family ? `Save version ${version}` : 'Save it'}
          </Button>
        </>
      }
    >
      {latest ? (
        <Differences differences={named} />
      ) : (
        <ul className={editor['rules']}>
          {describePolicy(draft.policy).map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      )}
      {save.error ? <Refusal error={save.error} /> : null}
    </Dialog>
  );
}
