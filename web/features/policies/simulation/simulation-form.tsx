import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { PolicyFamilyView, PolicyVersionView } from '#shared/contracts/policies/policy-views.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { SelectField } from '#web/ui/controls/field.tsx';
import { InlineError } from '#web/ui/feedback/states.tsx';
import { DAYS_DEFAULT, DaysInput, clampDays } from '../rules/days-input.tsx';
import styles from './simulation.module.css';

interface SimulationFormProps {
  readonly families: readonly PolicyFamilyView[];
  readonly chosen: { readonly a: string | undefined; readonly b: string | undefined };
  readonly onStarted: (id: string) => void;
}

/** Name of a version in a simulation. */
export const variantName = ({ name, version }: PolicyVersionView) => `${name}, version ${version}`;

/** The form that starts a simulation: one version, an optional second one to compare, and the number of days. */
export function SimulationForm({ families, chosen, onStarted }: SimulationFormProps) {
  const versions = families.flatMap((family) => family.versions);
  const [a, setA] = useState(chosen.a ?? versions[0]?.id ?? '');
  const [b, setB] = useState(chosen.b ?? '');
  const [days, setDays] = useState(DAYS_DEFAULT);
  const start = useMutation(
    trpc.playlistAdmin.curation.simulate.mutationOptions({
      onSuccess: ({ id }) => {
        void queryClient.invalidateQueries(trpc.playlistAdmin.curation.simulations.pathFilter());
        onStarted(id);
      },
    }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const variants = [a, b]
      .flatMap((id) => versions.filter((version) => version.id === id))
      .map((version) => ({ name: variantName(version), policyId: version.id }));
    start.mutate({ days: clampDays(days), variants });
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <SelectField label="Version" value={a} onChange={(event) => setA(event.target.value)}>
        <VersionOptions families={families} />
      </SelectField>
      <SelectField label="Compare with" value={b} onChange={(event) => setB(event.target.value)}>
        <option value="">None</option>
        <VersionOptions families={families} except={a} />
      </SelectField>
      <DaysInput days={days} onChange={setDays} />
      {start.error ? <InlineError error={start.error} /> : null}
      <Button look="primary" type="submit" disabled={a === ''} working={start.isPending ? 'Starting…' : false}>
        Simulate {plural(days, 'day')}
      </Button>
    </form>
  );
}

function VersionOptions({ families, except }: { readonly families: readonly PolicyFamilyView[]; readonly except?: string }) {
  return families.map((family) => (
    <optgroup key={family.familyId} label={family.name}>
      {family.versions
        .filter(({ id }) => id !== except)
        .map((version) => (
          <option key={version.id} value={version.id}>
            {variantName(version)}
          </option>
        ))}
    </optgroup>
  ));
}
