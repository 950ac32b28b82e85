import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmissionSettings } from '#shared/contracts/settings.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import styles from './submissions.module.css';

/** The operator's rules of submitting: whether it is open, whether albums wait for a decision, and how many a person may submit a day. */
export function SubmissionRules() {
  const rules = useQuery(trpc.catalog.submissions.rules.queryOptions());
  return rules.data ? <RulesForm key={JSON.stringify(rules.data)} saved={rules.data} /> : null;
}

function RulesForm({ saved }: { readonly saved: SubmissionSettings }) {
  const [isOpen, setOpen] = useState(saved.isOpen);
  const [needsApproval, setNeedsApproval] = useState(saved.needsApproval);
  const [perDay, setPerDay] = useState(String(saved.perDayMax));
  const save = useMutation(
    trpc.catalog.submissions.saveRules.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries(trpc.catalog.submissions.pathFilter()),
    }),
  );
  const isChanged = isOpen !== saved.isOpen || needsApproval !== saved.needsApproval || perDay !== String(saved.perDayMax);
  return (
    <form
      className={styles['rules']}
      aria-label="Rules of submitting"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ isOpen, needsApproval, perDayMax: Number(perDay) });
      }}
    >
      <label>
        <input type="checkbox" checked={isOpen} onChange={(event) => setOpen(event.target.checked)} /> Listeners may submit albums
      </label>
      <label>
        <input type="checkbox" checked={needsApproval} onChange={(event) => setNeedsApproval(event.target.checked)} /> Each waits for my decision
      </label>
      <TextField
        label="Albums per person and day"
        type="number"
        min={1}
        max={1_000}
        required
        value={perDay}
        onChange={(event) => setPerDay(event.target.value)}
      />
      <Button size="small" type="submit" disabled={!isChanged || save.isPending}>
        Save rules
      </Button>
      {save.error ? <InlineError error={save.error} /> : null}
    </form>
  );
}
