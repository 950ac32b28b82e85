import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { NetworkSettings } from '#shared/contracts/settings.ts';
import { SCALING_BOUNDS } from '#shared/domain/scaling/scaling-bounds.ts';
import type { ScalingNumber } from '#shared/domain/scaling/scaling-bounds.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { count } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import styles from './settings-form.module.css';

type Scaling = NetworkSettings['scaling'];

interface NumberSetting {
  readonly key: ScalingNumber;
  readonly label: string;
  readonly hint: string;
  /** True when an empty field means "not set" rather than 0. */
  readonly mayBeEmpty?: boolean;
  readonly isPercent?: boolean;
}

interface Group {
  readonly name: string;
  readonly numbers: readonly NumberSetting[];
}

const GROUPS: readonly Group[] = [
  {
    name: 'Playlist',
    numbers: [
      { key: 'tracksPerPlaylist', label: 'Tracks per playlist', hint: 'Leave empty to use the policies’ size.', mayBeEmpty: true },
      { key: 'restDays', label: 'Repeat window (days)', hint: 'Leave empty to use the policies’ repeat window.', mayBeEmpty: true },
    ],
  },
  {
    name: 'Number of playlists',
    numbers: [
      { key: 'floorTotalPlaylists', label: 'Minimum playlists', hint: 'Applies even if the catalog can fill fewer.' },
      { key: 'maxTotalPlaylists', label: 'Maximum playlists', hint: 'Leave empty for no limit.', mayBeEmpty: true },
      { key: 'replicationFactor', label: 'Accounts per playlist', hint: 'With two, a playlist stays available if one account fails.' },
    ],
  },
  {
    name: 'Accounts',
    numbers: [
      { key: 'expiringWithinDays', label: 'No new playlists before expiry (days)', hint: 'Accounts this close to expiry get no new playlists.' },
      { key: 'lostAfterDays', label: 'Treat as lost after (days)', hint: 'Shorter outages change nothing.' },
    ],
  },
  {
    name: 'Spotify limits',
    numbers: [
      { key: 'usersPerApp', label: 'Users per app', hint: 'Spotify allows five in development mode.' },
      { key: 'appsPerDeveloper', label: 'Apps per developer', hint: 'Spotify allows 25; they share one quota.' },
      { key: 'requestsPerDay', label: 'Requests per day', hint: 'Leave empty for no limit.', mayBeEmpty: true },
    ],
  },
  {
    name: 'Auto-apply',
    numbers: [
      {
        key: 'blastRadius',
        label: 'Auto-apply limit (%)',
        hint: 'Largest share of playlists and replicas that a scheduled plan may change.',
        isPercent: true,
      },
    ],
  },
];
const NUMBERS = GROUPS.flatMap(({ numbers }) => numbers);

const fieldText = (scaling: Scaling, { key, isPercent }: NumberSetting) => {
  const value = scaling[key];
  if (value === null) return '';
  return String(isPercent ? Number((value * 100).toFixed(2)) : value);
};

/** The operator's settings for the size of the network. */
export function SettingsForm({ settings }: { readonly settings: NetworkSettings }) {
  const [texts, setTexts] = useState(() => Object.fromEntries(NUMBERS.map((one) => [one.key, fieldText(settings.scaling, one)])));
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [isAutomatic, setAutomatic] = useState(settings.scaling.automatic);
  const save = useMutation(
    trpc.playlistAdmin.scaling.saveSettings.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.playlistAdmin.scaling.pathFilter());
        showToast('Saved. Used from the next plan on.');
      },
    }),
  );
  const problem = save.error ? describeProblem(save.error) : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const invalid = Object.fromEntries(NUMBERS.flatMap((one) => validate(texts[one.key] ?? '', one).map((message) => [one.key, message])));
    setErrors(invalid);
    const [first] = Object.keys(invalid);
    if (first !== undefined) {
      event.currentTarget.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
      return;
    }
    const numbers = Object.fromEntries(NUMBERS.map((one) => [one.key, parse(texts[one.key] ?? '', one)]));
    save.mutate({ ...settings, scaling: { ...settings.scaling, ...numbers, automatic: isAutomatic } });
  };
  return (
    <form className={styles['form']} onSubmit={submit} noValidate>
      {GROUPS.map(({ name, numbers }) => (
        <fieldset key={name} className={styles['group']}>
          <legend>{name}</legend>
          {numbers.map((one) => (
            <TextField
              key={one.key}
              label={one.label}
              hint={one.hint}
              name={one.key}
              inputMode={one.isPercent ? 'decimal' : 'numeric'}
              required={!one.mayBeEmpty}
              value={texts[one.key] ?? ''}
              onChange={(event) => setTexts({ ...texts, [one.key]: event.target.value })}
              error={errors[one.key] ?? (problem?.field === `scaling.${one.key}` ? `${problem.message} ${problem.remedy ?? ''}` : null)}
            />
          ))}
        </fieldset>
      ))}
      <label className={styles['check']}>
        <input type="checkbox" checked={isAutomatic} onChange={(event) => setAutomatic(event.target.checked)} />
        <span>Apply scheduled plans automatically while they stay within this limit. All other plans wait for you.</span>
      </label>
      {problem && !problem.field?.startsWith('scaling.') ? <InlineError error={save.error} /> : null}
      <div className={styles['buttons']}>
        <Button look="default" type="submit" working={save.isPending ? 'Saving…' : false}>
          Save settings
        </Button>
      </div>
    </form>
  );
}

/** The error message for a field's text; empty when the text is valid. */
function validate(text: string, { key, mayBeEmpty, isPercent }: NumberSetting): string[] {
  const trimmed = text.trim();
  if (trimmed === '' && mayBeEmpty) return [];
  const { min, max } = SCALING_BOUNDS[key];
  const value = isPercent ? Number(trimmed) / 100 : Number(trimmed);
  if (trimmed !== '' && value >= min && value <= max && (isPercent || Number.isInteger(value))) return [];
  const range = isPercent ? `a percentage from ${min * 100} to ${max * 100}` : `a whole number from ${count(min)} to ${count(max)}`;
  return [`Enter ${range}${mayBeEmpty ? ', or leave it empty' : ''}.`];
}

function parse(text: string, { mayBeEmpty, isPercent }: NumberSetting): number | null {
  if (text.trim() === '') return mayBeEmpty ? null : 0;
  return isPercent ? Number((Number(text) / 100).toFixed(4)) : Number(text);
}
