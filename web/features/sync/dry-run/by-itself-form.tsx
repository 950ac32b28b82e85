import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { Part } from '#web/ui/layout/page-head.tsx';
import { Refusal, Skeleton } from '#web/ui/feedback/states.tsx';
import { say } from '#web/ui/feedback/toast.tsx';
import styles from './by-itself-form.module.css';

type Limits = NetworkSettings['sync'];

interface Limit {
  readonly key: keyof Limits;
  readonly label: string;
  readonly hint: string;
  readonly isPercent: boolean;
}

const LIMITS: readonly Limit[] = [
  { key: 'changedTracksShare', label: 'New tracks, in percent of all', hint: 'With 100 they never hold a day up.', isPercent: true },
  { key: 'createsADay', label: 'Playlists created in a day', hint: 'With 0 each new one waits for you.', isPercent: false },
  { key: 'renamedShare', label: 'Playlists renamed, in percent', hint: 'With 100 they never hold a day up. One always goes.', isPercent: true },
  {
    key: 'handEditedShare',
    label: 'Playlists changed by hand, in percent',
    hint: 'So many are merged by themselves. One always is.',
    isPercent: true,
  },
  { key: 'unfollowsADay', label: 'Playlists taken off accounts in a day', hint: 'With 0 each waits for you.', isPercent: false },
];

const MOST_A_DAY = 100_000;

/** How much of a day is written to Spotify without being asked; a day above any of these waits for a yes. */
export function ByItself() {
  const view = useQuery(trpc.scaling.view.queryOptions());
  return (
    <Part title="What may go out by itself" id="settings">
      {view.data ? <LimitsForm settings={view.data.settings} /> : null}
      {view.isPending ? <Skeleton height="180px" /> : null}
      {view.error && !view.data ? <Refusal error={view.error} /> : null}
    </Part>
  );
}

const shownAs = (limits: Limits, { key, isPercent }: Limit) => String(isPercent ? Math.round(limits[key] * 1000) / 10 : limits[key]);

function LimitsForm({ settings }: { readonly settings: NetworkSettings }) {
  const [texts, setTexts] = useState(() => Object.fromEntries(LIMITS.map((one) => [one.key, shownAs(settings.sync, one)])));
  const save = useMutation(
    trpc.scaling.saveSettings.mutationOptions({
      onSuccess: () => {
        say('Kept. The next day that is planned is held to it.');
        void queryClient.invalidateQueries(trpc.scaling.pathFilter());
      },
    }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const limits = Object.fromEntries(LIMITS.map(({ key, isPercent }) => [key, Number(texts[key]) / (isPercent ? 100 : 1)]));
    save.mutate({ ...settings, sync: { ...settings.sync, ...limits } });
  };
  const problem = save.error ? describeProblem(save.error) : undefined;
  return (
    <form className={styles['form']} onSubmit={submit}>
      <p className={styles['lead']}>
        A day above any of these waits for your approval, here and with a note on Today. Nothing of it is written before.
      </p>
      {LIMITS.map((one) => (
        <TextField
          key={one.key}
          label={one.label}
          hint={one.hint}
          type="number"
          min={0}
          max={one.isPercent ? 100 : MOST_A_DAY}
          step={one.isPercent ? 'any' : 1}
          required
          value={texts[one.key] ?? ''}
          onChange={(event) => setTexts({ ...texts, [one.key]: event.target.value })}
          error={problem?.field === `sync.${one.key}` ? `${problem.message} ${problem.remedy ?? ''}` : null}
        />
      ))}
      {problem && !problem.field?.startsWith('sync.') ? <Refusal error={save.error} /> : null}
      <div className={styles['buttons']}>
        <Button type="submit" working={save.isPending ? 'Keeping…' : false}>
          Keep these limits
        </Button>
      </div>
    </form>
  );
}
