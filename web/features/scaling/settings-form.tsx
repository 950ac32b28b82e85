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
import { Refusal } from '#web/ui/feedback/states.tsx';
import { say } from '#web/ui/feedback/toast.tsx';
import styles from './settings-form.module.css';

type Scaling = NetworkSettings['scaling'];

interface NumberSetting {
  readonly key: ScalingNumber;
  readonly label: string;
  readonly hint: string;
  /** An empty field means "not set" rather than 0. */
  readonly mayBeEmpty?: boolean;
  readonly isPercent?: boolean;
}

interface Group {
  readonly name: string;
  readonly numbers: readonly NumberSetting[];
}

const GROUPS: readonly Group[] = [
  {
    name: 'A playlist',
    numbers: [
      { key: 'tracksPerPlaylist', label: 'Tracks in a playlist', hint: 'Empty takes it from the policies in use.', mayBeEmpty: true },
      { key: 'restDays', label: 'Days of rest', hint: 'Empty takes it from the policies in use.', mayBeEmpty: true },
    ],
  },
  {
    name: 'How many',
    numbers: [
      { key: 'floorTotalPlaylists', label: 'At least so many playlists', hint: 'Kept whatever the catalogue carries.' },
      { key: 'maxTotalPlaylists', label: 'At most so many playlists', hint: 'Empty sets no bound.', mayBeEmpty: true },
      { key: 'replicationFactor', label: 'Accounts for each playlist', hint: 'On two, one can fail without a playlist disappearing.' },
    ],
  },
  {
    name: 'Accounts',
    numbers: [
      { key: 'expiringWithinDays', label: 'Days before a permission ends', hint: 'An account this close to its end takes no new playlists.' },
      { key: 'lostAfterDays', label: 'Days until an account is lost', hint: 'A shorter absence is waited out.' },
    ],
  },
  {
    name: 'What Spotify allows',
    numbers: [
      { key: 'usersPerApp', label: 'People that may use the app', hint: 'Spotify allows five in development mode.' },
      { key: 'appsPerDeveloper', label: 'Apps a developer may have', hint: 'Spotify allows 25; they share one quota.' },
      { key: 'requestsPerDay', label: 'Requests a day', hint: 'Empty sets no bound.', mayBeEmpty: true },
    ],
  },
  {
    name: 'By itself',
    numbers: [
      {
        key: 'blastRadius',
        label: 'May change by itself, in percent',
        hint: 'Of playlists and replicas, when plans are applied by the clock.',
        isPercent: true,
      },
    ],
  },
];
const NUMBERS = GROUPS.flatMap(({ numbers }) => numbers);

const shownAs = (scaling: Scaling, { key, isPercent }: NumberSetting) => {
  const value = scaling[key];
  if (value === null) return '';
  return String(isPercent ? Number((value * 100).toFixed(2)) : value);
};

/** What the operator decides about the size of the network. */
export function SettingsForm({ settings }: { readonly settings: NetworkSettings }) {
  const [texts, setTexts] = useState(() => Object.fromEntries(NUMBERS.map((one) => [one.key, shownAs(settings.scaling, one)])));
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const [isAutomatic, setAutomatic] = useState(settings.scaling.automatic);
  const save = useMutation(
    trpc.scaling.saveSettings.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.scaling.pathFilter());
        say('Kept. The next plan counts with it.');
      },
    }),
  );
  const problem = save.error ? describeProblem(save.error) : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const found = Object.fromEntries(NUMBERS.flatMap((one) => wrongWith(texts[one.key] ?? '', one).map((what) => [one.key, what])));
    setWrong(found);
    const [first] = Object.keys(found);
    if (first !== undefined) {
      event.currentTarget.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
      return;
    }
    const numbers = Object.fromEntries(NUMBERS.map((one) => [one.key, read(texts[one.key] ?? '', one)]));
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
              error={wrong[one.key] ?? (problem?.field === `scaling.${one.key}` ? `${problem.message} ${problem.remedy ?? ''}` : null)}
            />
          ))}
        </fieldset>
      ))}
      <label className={styles['check']}>
        <input type="checkbox" checked={isAutomatic} onChange={(event) => setAutomatic(event.target.checked)} />
        <span>The clock applies plans by itself while they stay within that share. Otherwise every plan waits for you.</span>
      </label>
      {problem && !problem.field?.startsWith('scaling.') ? <Refusal error={save.error} /> : null}
      <div className={styles['buttons']}>
        <Button look="default" type="submit" working={save.isPending ? 'Keeping…' : false}>
          Keep these settings
        </Button>
      </div>
    </form>
  );
}

/** What is wrong with what was written, as a sentence; nothing when it may be kept. */
function wrongWith(text: string, { key, mayBeEmpty, isPercent }: NumberSetting): string[] {
  const written = text.trim();
  if (written === '' && mayBeEmpty) return [];
  const { min, max } = SCALING_BOUNDS[key];
  const value = isPercent ? Number(written) / 100 : Number(written);
  if (written !== '' && value >= min && value <= max && (isPercent || Number.isInteger(value))) return [];
  const range = isPercent ? `a share from ${min * 100} to ${max * 100} percent` : `a whole number from ${count(min)} to ${count(max)}`;
  return [`Give ${range}${mayBeEmpty ? ', or leave it empty' : ''}.`];
}

function read(text: string, { mayBeEmpty, isPercent }: NumberSetting): number | null {
  if (text.trim() === '') return mayBeEmpty ? null : 0;
  return isPercent ? Number((Number(text) / 100).toFixed(4)) : Number(text);
}
