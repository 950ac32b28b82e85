import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { TextField } from '#web/ui/controls/field.tsx';
import { isLocalPath } from './local-path.ts';
import styles from './admin-key-form.module.css';

/** Exchanges the admin key for a session. The form clears the key after sign-in and stores it nowhere. */
export function AdminKeyForm({ returnTo }: { readonly returnTo: string | undefined }) {
  const [key, setKey] = useState('');
  const router = useRouter();
  const signIn = useMutation(
    trpc.auth.adminSignIn.mutationOptions({
      onSuccess: async () => {
        setKey('');
        await queryClient.resetQueries();
        await router.navigate({ href: isLocalPath(returnTo) ? returnTo : '/admin' });
      },
    }),
  );
  const problem = signIn.error ? describeProblem(signIn.error) : null;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signIn.mutate({ key });
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <TextField
        label="Admin key"
        type="password"
        autoComplete="current-password"
        required
        maxLength={512}
        value={key}
        onChange={(event) => setKey(event.target.value)}
        error={problem ? [problem.message, problem.remedy].filter(Boolean).join(' ') : null}
        hint="Shown in the terminal at first start and kept in .segue/admin-api-key."
      />
      <Button type="submit" working={signIn.isPending ? 'Signing in…' : false} disabled={key === ''}>
        Sign in with the key
      </Button>
    </form>
  );
}
