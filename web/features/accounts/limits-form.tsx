import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { Refusal } from '#web/ui/feedback/states.tsx';
import { say } from '#web/ui/feedback/toast.tsx';
import styles from './accounts.module.css';

/** How much an account carries, and how fast it is written to. */
export function LimitsForm({ account }: { readonly account: AccountView }) {
  const [playlists, setPlaylists] = useState(String(account.maxPlaylists));
  const [pace, setPace] = useState(account.requestsPerMinute === null ? '' : String(account.requestsPerMinute));
  const change = useMutation(
    trpc.accounts.change.mutationOptions({
      onSuccess: () => {
        say(`${account.displayName} has new limits.`);
        void queryClient.invalidateQueries(trpc.accounts.pathFilter());
      },
    }),
  );
  const problem = change.error ? describeProblem(change.error) : null;
  const errorAt = (field: string) => (problem?.field === field ? problem.message : null);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate({ accountId: account.id, maxPlaylists: Number(playlists), requestsPerMinute: pace.trim() === '' ? null : Number(pace) });
  };
  return (
    <form className={styles['limits']} onSubmit={submit}>
      <TextField
        label="Playlists at most"
        type="number"
        min={0}
        max={11_000}
        required
        value={playlists}
        onChange={(event) => setPlaylists(event.target.value)}
        error={errorAt('maxPlaylists')}
        hint={`It carries ${account.playlists} now.`}
      />
      <TextField
        label="Requests a minute"
        type="number"
        min={1}
        max={6_000}
        value={pace}
        onChange={(event) => setPace(event.target.value)}
        error={errorAt('requestsPerMinute')}
        hint="Empty: only the app’s own budget counts."
      />
      <Button type="submit" working={change.isPending ? 'Saving…' : false}>
        Save limits
      </Button>
      {problem && problem.field === null ? <Refusal error={change.error} /> : null}
    </form>
  );
}
