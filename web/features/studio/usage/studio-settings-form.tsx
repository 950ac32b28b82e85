import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { NetworkUsageView } from '#shared/contracts/studio/usage.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';
import { microsOfDollars, optionalNumber, typedDollars, typedNumber } from './typed-money.ts';
import styles from './usage.module.css';

/** The limits by role, for everybody who has no own ones, and how long IP addresses are kept. */
export function StudioSettingsForm({ settings }: { readonly settings: NetworkUsageView['settings'] }) {
  const [renders, setRenders] = useState(typedNumber(settings.rendersPerMonth));
  const [money, setMoney] = useState(typedDollars(settings.usdMicrosPerMonth));
  const [hasAdminLimits, setAdminLimits] = useState(settings.admins !== null);
  const [adminRenders, setAdminRenders] = useState(typedNumber(settings.admins?.rendersPerMonth ?? null));
  const [adminMoney, setAdminMoney] = useState(typedDollars(settings.admins?.usdMicrosPerMonth ?? null));
  const [days, setDays] = useState(String(settings.addressDays));
  const save = useMutation(
    trpc.generation.usage.saveSettings.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.generation.usage.pathFilter());
        showToast('Settings saved.');
      },
    }),
  );
  const problem = save.error ? describeProblem(save.error) : null;
  const errorAt = (field: string) => (problem?.field === field ? problem.message : null);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate({
      rendersPerMonth: optionalNumber(renders),
      usdMicrosPerMonth: microsOfDollars(money),
      admins: hasAdminLimits ? { rendersPerMonth: optionalNumber(adminRenders), usdMicrosPerMonth: microsOfDollars(adminMoney) } : null,
      addressDays: Number(days),
    });
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <TextField
        label="Pictures a month and person"
        type="number"
        min={0}
        step={1}
        value={renders}
        onChange={(event) => setRenders(event.target.value)}
        error={errorAt('rendersPerMonth')}
        hint="Leave empty for no limit."
      />
      <TextField
        label="Dollars a month and person"
        type="number"
        min={0}
        step={0.01}
        value={money}
        onChange={(event) => setMoney(event.target.value)}
        error={errorAt('usdMicrosPerMonth')}
        hint="Leave empty for no limit."
      />
      <label className={styles['check']}>
        <input type="checkbox" checked={hasAdminLimits} onChange={(event) => setAdminLimits(event.target.checked)} />
        Admins have limits of their own
      </label>
      {hasAdminLimits ? (
        <>
          <TextField
            label="Pictures a month and admin"
            type="number"
            min={0}
            step={1}
            value={adminRenders}
            onChange={(event) => setAdminRenders(event.target.value)}
            error={errorAt('admins.rendersPerMonth')}
            hint="Leave empty for no limit."
          />
          <TextField
            label="Dollars a month and admin"
            type="number"
            min={0}
            step={0.01}
            value={adminMoney}
            onChange={(event) => setAdminMoney(event.target.value)}
            error={errorAt('admins.usdMicrosPerMonth')}
            hint="Leave empty for no limit."
          />
        </>
      ) : null}
      <TextField
        label="Delete IP addresses after (days)"
        type="number"
        min={0}
        step={1}
        required
        value={days}
        onChange={(event) => setDays(event.target.value)}
        error={errorAt('addressDays')}
      />
      {problem && problem.field === null ? <InlineError error={save.error} /> : null}
      <div>
        <Button look="primary" type="submit" working={save.isPending ? 'Saving…' : false}>
          Save settings
        </Button>
      </div>
    </form>
  );
}
