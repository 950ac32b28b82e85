import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import styles from './accounts.module.css';

/** An account's limits: its maximum number of playlists and its requests per minute. */
export function LimitsForm({ account }: { readonly account: AccountView }) {
  const [playlists, setPlaylists] = useState(String(account.maxPlaylists));
  const [perMinute, setPerMinute] = useState(account.requestsPerMinute === null ? '' : String(account.requestsPerMinute));
  const change = useMutation(
    trpc.playlistAdmin.accounts.change.mutationOptions({
      onSuccess: () => {
        showToast(`Saved the limits of ${account.displayName}.`);
        void queryClient.invalidateQueries(trpc.playlistAdmin.accounts.pathFilter());
      },
    }),
  );
  const problem = change.error ? describeProblem(change.error) : null;
  const errorAt = (field: string) => (problem?.field === field ? problem.message : null);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    change.mutate({ accountId: account.id, maxPlaylists: Number(playlists), requestsPerMinute: perMinute.trim() === '' ? null : Number(perMinute) });
  };
  return (
    <form className={styles['limits']} onSubmit={submit}>
      <TextField
        label="Maximum playlists"
        type="number"
        min={0}
        max={11_000}
        required
        value={playlists}
        onChange={(event) => setPlaylists(event.target.value)}
        error={errorAt('maxPlaylists')}
        hint={`Hosts ${account.playlists} now.`}
      />
      <TextField
        label="Requests per minute"
        type="number"
        min={1}
        max={6_000}
        value={perMinute}
        onChange={(event) => setPerMinute(event.target.value)}
        error={errorAt('requestsPerMinute')}
        hint="Leave empty to use only the app’s budget."
      />
      <Button type="submit" working={change.isPending ? 'Saving…' : false}>
        Save limits
      </Button>
      {problem && problem.field === null ? <InlineError error={change.error} /> : null}
    </form>
  );
}
