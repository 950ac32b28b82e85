import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/button.tsx';
import { TextArea, TextField } from '#web/ui/field.tsx';
import { Refusal } from '#web/ui/states.tsx';
import { say } from '#web/ui/toast.tsx';
import styles from './forms.module.css';
import { STARTING_POLICY, readJson } from './policy-text.ts';

interface PolicyFormProps {
  readonly base: { readonly familyId: string; readonly name: string; readonly body: unknown } | undefined;
  readonly onDone: () => void;
}

/** A policy as JSON, checked as it is typed for being JSON and on saving for being a policy; what is wrong is named by its field. */
export function PolicyForm({ base, onDone }: PolicyFormProps) {
  const [name, setName] = useState(base?.name ?? '');
  const [body, setBody] = useState(() => JSON.stringify(base?.body ?? STARTING_POLICY, null, 2));
  const parsed = readJson(body);
  const create = useMutation(
    trpc.policies.create.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.policies.pathFilter());
        say(`“${name}” is saved.`);
        onDone();
      },
    }),
  );
  const problem = create.error ? describeProblem(create.error) : null;
  const isAboutName = problem?.field === 'name';
  const told = problem ? [problem.message, problem.remedy].filter(Boolean).join(' ') : null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (parsed.kind === 'json') create.mutate({ name, body: parsed.value, ...(base ? { familyId: base.familyId } : {}) });
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <TextField
        label="Name"
        required
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={isAboutName ? told : null}
      />
      <TextArea
        label="Policy, version 1"
        rows={22}
        spellCheck={false}
        value={body}
        onChange={(event) => {
          setBody(event.target.value);
          create.reset();
        }}
        error={parsed.kind === 'broken' ? parsed.message : problem?.field && !isAboutName ? told : null}
        hint={'pool: all, any, not over fields. { "all": [] } is the whole catalogue.'}
      />
      {create.error && !problem?.field ? <Refusal error={create.error} /> : null}
      <div className={styles['buttons']}>
        {base ? (
          <Button look="quiet" onClick={onDone}>
            Not now
          </Button>
        ) : null}
        <Button look="primary" type="submit" disabled={name.trim() === '' || parsed.kind === 'broken'} working={create.isPending ? 'Saving…' : false}>
          {base ? 'Save the next version' : 'Save the policy'}
        </Button>
      </div>
    </form>
  );
}
