import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { SelectField, TextField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import styles from './forms.module.css';

const COUNT_MAX = 100;

/** Creates playlists from a theme and a policy. Several playlists of one theme share a pool but no recording. */
export function NewPlaylistDialog({ onClose }: { readonly onClose: () => void }) {
  const [themeTag, setThemeTag] = useState('');
  const [blurb, setBlurb] = useState('');
  const [count, setCount] = useState('1');
  const [selected, setSelected] = useState('');
  const policies = useQuery(trpc.playlistAdmin.policies.list.queryOptions());
  const policyId = policies.data?.find((policy) => policy.id === selected)?.id ?? policies.data?.[0]?.id;
  const playlistCount = Math.min(COUNT_MAX, Math.max(1, Math.round(Number(count)) || 1));
  const create = useMutation(
    trpc.playlistAdmin.playlists.create.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.playlistAdmin.playlists.pathFilter());
        void queryClient.invalidateQueries(trpc.playlists.pathFilter());
        showToast(`${plural(playlistCount, 'playlist')} added. The next run selects their tracks.`);
        onClose();
      },
    }),
  );
  const field = create.error ? describeProblem(create.error).field : null;
  const errorAt = (name: string) => (create.error && field === name ? describeProblem(create.error).message : null);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (policyId) create.mutate({ themeTag, policyId, count: playlistCount, ...(blurb.trim() ? { blurb } : {}) });
  };
  return (
    <Dialog title="New playlist" onClose={onClose}>
      <form className={styles['form']} onSubmit={submit}>
        <TextField
          label="Theme"
          required
          maxLength={60}
          value={themeTag}
          onChange={(event) => setThemeTag(event.target.value)}
          error={errorAt('themeTag')}
          hint="Shown on the cover and in the playlist name on Spotify."
        />
        <TextField
          label="Short description (optional)"
          maxLength={200}
          value={blurb}
          onChange={(event) => setBlurb(event.target.value)}
          error={errorAt('blurb')}
        />
        <SelectField label="Policy" value={policyId ?? ''} onChange={(event) => setSelected(event.target.value)} error={errorAt('policyId')}>
          {(policies.data ?? []).map((policy) => (
            <option key={policy.id} value={policy.id}>
              {policy.name}, version {policy.version}
            </option>
          ))}
        </SelectField>
        {policies.data?.length === 0 ? (
          <p className="small">
            There are no policies yet. <Link to="/admin/policies">Create a policy first.</Link>
          </p>
        ) : null}
        <TextField
          label="Number of playlists"
          type="number"
          min={1}
          max={COUNT_MAX}
          value={count}
          onChange={(event) => setCount(event.target.value)}
          error={errorAt('count')}
        />
        {create.error && field === null ? <InlineError error={create.error} /> : null}
        <div className={styles['buttons']}>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" type="submit" disabled={themeTag.trim() === '' || !policyId} working={create.isPending ? 'Adding…' : false}>
            Add {plural(playlistCount, 'playlist')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
