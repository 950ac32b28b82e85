import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { SimulatedDraft, PolicyFamilyView } from '#shared/contracts/policies/policy-views.ts';
import { describePolicy } from '#shared/domain/policies/describe-policy.ts';
import { listDifferences } from '#shared/domain/policies/policy-diff.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { Differences } from '../preview/differences.tsx';
import { deleteDraft, storeDraft, loadDraft } from '../editor/draft-store.ts';
import editor from '../editor/policy-editor.module.css';
import styles from './simulated-draft-bar.module.css';

interface PlayedDraftBarProps {
  readonly draft: SimulatedDraft;
  readonly family: PolicyFamilyView | undefined;
  /** Storage key of the draft, if it was written in this browser. */
  readonly draftKey: string | undefined;
}

/** The bar above the results of a simulated draft: save it as the next version, or edit it. */
export function SimulatedDraftBar(props: PlayedDraftBarProps) {
  const { draft, family } = props;
  const [isSaving, setSaving] = useState(false);
  const navigate = useNavigate();
  const next = (family?.versions[0]?.version ?? 0) + 1;
  const saved = family?.versions.find(({ name, body }) => name === draft.name && listDifferences(body, draft.policy).length === 0);
  const key = keyOf(props);
  const editDraft = async () => {
    if (!loadDraft(key)) storeDraft(key, { name: draft.name, policy: draft.policy, text: null });
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
            <b>“{draft.name}” is a draft.</b> <span className="muted">Not saved yet.</span>
          </>
        )}
      </p>
      {saved ? null : (
        <div>
          <Button look="quiet" onClick={() => void editDraft()}>
            Edit draft
          </Button>
          <Button look="primary" onClick={() => setSaving(true)}>
            {family ? `Save as version ${next}…` : 'Save policy…'}
          </Button>
        </div>
      )}
      {isSaving ? <SavePlayed {...props} draftKey={key} version={next} onClose={() => setSaving(false)} /> : null}
    </div>
  );
}

const NEW = 'new.';

/** Storage key of the draft. A new policy is stored under its template's id. */
const keyOf = ({ draft, draftKey }: PlayedDraftBarProps) => draft.familyId ?? (draftKey?.startsWith(NEW) ? draftKey : `${NEW}everything`);

const templateIn = (key: string) => key.slice(NEW.length);

interface SavePlayedProps extends PlayedDraftBarProps {
  readonly draftKey: string;
  readonly version: number;
  readonly onClose: () => void;
}

/** Shows the changes against the newest version and asks to save. */
function SavePlayed({ draft, family, draftKey, version, onClose }: SavePlayedProps) {
  const navigate = useNavigate();
  const latest = family?.versions[0];
  const save = useMutation(
    trpc.playlistAdmin.policies.create.mutationOptions({
      onSuccess: async ({ id, version: saved }) => {
        const stored = loadDraft(draftKey);
        // A draft that was edited since the simulation stays.
        if (stored && listDifferences(stored.policy, draft.policy).length === 0) deleteDraft(draftKey);
        await queryClient.invalidateQueries(trpc.playlistAdmin.policies.pathFilter());
        await navigate({ to: '/admin/policies/$familyId', params: { familyId: family?.familyId ?? id }, search: { view: 'versions', saved } });
      },
    }),
  );
  const differences = latest ? listDifferences(latest.body, draft.policy) : [];
  const allDifferences =
    latest && latest.name !== draft.name ? [{ path: 'name', what: 'Name', before: latest.name, after: draft.name }, ...differences] : differences;
  return (
    <Dialog
      title={family ? `Save “${draft.name}” as version ${version}?` : `Save “${draft.name}”?`}
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            look="primary"
            working={save.isPending ? 'Checking and saving…' : false}
            onClick={() =>
              save.mutate({
                name: draft.name,
                body: draft.policy,
                ...(draft.familyId === null ? {} : { familyId: draft.familyId, basedOn: version - 1 }),
              })
            }
          >
            {family ? `Save version ${version}` : 'Save policy'}
          </Button>
        </>
      }
    >
      {latest ? (
        <Differences differences={allDifferences} />
      ) : (
        <ul className={editor['rules']}>
          {describePolicy(draft.policy).map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      )}
      {save.error ? <InlineError error={save.error} /> : null}
    </Dialog>
  );
}
