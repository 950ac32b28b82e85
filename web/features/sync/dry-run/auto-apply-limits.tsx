import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import { InlineError, Skeleton } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import styles from './auto-apply-limits.module.css';

type Limits = NetworkSettings['sync'];

interface Limit {
  readonly key: keyof Limits;
  readonly label: string;
  readonly hint: string;
  readonly isPercent: boolean;
}

const LIMITS: readonly Limit[] = [
  { key: 'changedTracksShare', label: 'New tracks (% of all)', hint: '100 = no limit.', isPercent: true },
  { key: 'createsADay', label: 'Playlists created per day', hint: '0 = each new playlist waits for you.', isPercent: false },
  { key: 'renamedShare', label: 'Playlists renamed (% of all)', hint: '100 = no limit. A single rename is always allowed.', isPercent: true },
  {
    key: 'handEditedShare',
    label: 'Playlists edited on Spotify (% of all)',
    hint: '100 = no limit. A single edited playlist is always merged.',
    isPercent: true,
  },
  { key: 'unfollowsADay', label: 'Playlists removed from accounts per day', hint: '0 = each removal waits for you.', isPercent: false },
];

const PER_DAY_MAX = 100_000;

/** The auto-apply limits: a day's sync within all of them is applied without approval; one above any of them waits. */
export function AutoApplyLimits() {
  const view = useQuery(trpc.playlistAdmin.scaling.view.queryOptions());
  return (
    <PageSection title="Auto-apply limits" id="settings">
      {view.data ? <LimitsForm settings={view.data.settings} /> : null}
      {view.isPending ? <Skeleton height="180px" /> : null}
      {view.error && !view.data ? <InlineError error={view.error} /> : null}
    </PageSection>
  );
}

const fieldText = (limits: Limits, { key, isPercent }: Limit) => String(isPercent ? Math.round(limits[key] * 1000) / 10 : limits[key]);

function LimitsForm({ settings }: { readonly settings: NetworkSettings }) {
  const [texts, setTexts] = useState(() => Object.fromEntries(LIMITS.map((one) => [one.key, fieldText(settings.sync, one)])));
  const save = useMutation(
    trpc.playlistAdmin.scaling.saveSettings.mutationOptions({
      onSuccess: () => {
        showToast('Saved. Used from the next plan on.');
        void queryClient.invalidateQueries(trpc.playlistAdmin.scaling.pathFilter());
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
        A day’s sync above any of these limits waits for your approval, and Today shows an alert. Segue writes nothing before you approve.
      </p>
      {LIMITS.map((one) => (
        <TextField
          key={one.key}
          label={one.label}
          hint={one.hint}
          type="number"
          min={0}
          max={one.isPercent ? 100 : PER_DAY_MAX}
          step={one.isPercent ? 'any' : 1}
          required
          value={texts[one.key] ?? ''}
          onChange={(event) => setTexts({ ...texts, [one.key]: event.target.value })}
          error={problem?.field === `sync.${one.key}` ? `${problem.message} ${problem.remedy ?? ''}` : null}
        />
      ))}
      {problem && !problem.field?.startsWith('sync.') ? <InlineError error={save.error} /> : null}
      <div className={styles['buttons']}>
        <Button type="submit" working={save.isPending ? 'Saving…' : false}>
          Save limits
        </Button>
      </div>
    </form>
  );
}
