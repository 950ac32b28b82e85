import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { VibeListView } from '#shared/contracts/discovery/generate-vibe.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { hashText } from '#shared/domain/hash.ts';
import { FROM_WORDS, loadDraft, storeDraft } from '#web/features/policies/editor/draft-store.ts';
import { trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import styles from './words-ask.module.css';

/** For the operator: opens the wishes as the draft of a policy for the network, where the editor proves it for the days ahead. */
export function PolicyDraftButton({ vibe: { spec }, sentence }: { readonly vibe: VibeListView; readonly sentence: string }) {
  const status = useQuery(trpc.auth.status.queryOptions());
  const navigate = useNavigate();
  const draft = useMutation(
    trpc.discovery.draftPolicy.mutationOptions({
      onSuccess: async ({ name, body }) => {
        // The same wishes are the same draft, with what was changed in it since.
        const id = `${FROM_WORDS}${hashText(canonicalJson(body)).toString(36)}`;
        const key = `new.${id}`;
        if (!loadDraft(key)) storeDraft(key, { name, policy: body, text: null });
        await navigate({ to: '/admin/policies/new', search: { from: id } });
      },
    }),
  );
  if (status.data?.role !== 'admin') return null;
  return (
    <div className={styles['policy']}>
      <Button size="small" disabled={draft.isPending} onClick={() => draft.mutate({ spec, sentence })}>
        {draft.isPending ? 'Making the draft…' : 'Open as a policy draft'}
      </Button>
      <p className="small">A policy fills a playlist of the network every day. The editor shows whether it can, or which rules conflict.</p>
      {draft.error ? <InlineError error={draft.error} /> : null}
    </div>
  );
}
