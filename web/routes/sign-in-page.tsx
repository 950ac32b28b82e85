import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { WarningCircle } from '@phosphor-icons/react/WarningCircle';
import type { AuthStatusView } from '#shared/contracts/auth/status.ts';
import { AdminKeyForm } from '#web/features/auth/admin-key-form.tsx';
import { describeSignInProblem } from '#web/features/auth/sign-in-problem.ts';
import { dayName } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { ErrorState, InlineError, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './sign-in-page.module.css';

const route = getRouteApi('/sign-in');

/** Sign in with Spotify or the admin key; sign out when already signed in. */
export function SignInPage() {
  usePageTitle('Sign in');
  const { problem } = route.useSearch();
  const status = useQuery(trpc.auth.status.queryOptions());
  return (
    <div className={`wrap ${styles['page']}`}>
      {problem ? <Problem code={problem} /> : null}
      {status.data ? <SignInOptions status={status.data} /> : null}
      {status.isPending ? (
        <h1>
          <TitleSkeleton width="12em" />
        </h1>
      ) : null}
      {status.error && !status.data ? (
        <ErrorState isPage error={status.error} what="Can’t load the sign-in page" onRetry={() => void status.refetch()} />
      ) : null}
    </div>
  );
}

function Problem({ code }: { readonly code: string }) {
  const problem = describeSignInProblem(code);
  return (
    <div className={styles['problem']} role="alert">
      <WarningCircle size={20} className="warn" aria-hidden />
      <p>
        <b>{problem.message}</b> {problem.remedy}
      </p>
    </div>
  );
}

function SignInOptions({ status }: { readonly status: AuthStatusView }) {
  const { returnTo } = route.useSearch();
  if (status.signedIn) return <SignedIn status={status} />;
  const target = `/auth/spotify${returnTo ? `?returnTo=${encodeURIComponent(returnTo)}` : ''}`;
  return (
    <>
      <h1>Sign in</h1>
      <p className={styles['intro']}>You don’t need an account to browse. Operators sign in with the admin key.</p>
      <div className={styles['options']}>
        <section>
          <h2>With Spotify</h2>
          <p>Segue reads your profile and nothing else. {status.sandbox ? 'In the sandbox, Spotify is simulated: no real account is used.' : ''}</p>
          <a className={buttonClass('primary', 'big')} href={target}>
            Sign in with Spotify
          </a>
        </section>
        <section>
          <h2>As the operator</h2>
          <AdminKeyForm returnTo={returnTo} />
        </section>
      </div>
    </>
  );
}

const onSuccess = () => queryClient.resetQueries();

function SignedIn({ status }: { readonly status: AuthStatusView }) {
  const logout = useMutation(trpc.auth.logout.mutationOptions({ onSuccess }));
  const logoutEverywhere = useMutation(trpc.auth.logoutEverywhere.mutationOptions({ onSuccess }));
  const error = logout.error ?? logoutEverywhere.error;
  const isAdmin = status.role === 'admin';
  return (
    <>
      <h1>{status.displayName ? `Signed in as ${status.displayName}` : 'Signed in'}</h1>
      <p className={styles['intro']}>
        {isAdmin ? 'You are signed in as the operator.' : 'You are signed in as a listener. You can browse everything that is public.'}
        {status.expiresAt ? ` This session expires on ${dayName(status.expiresAt)}.` : ''}
      </p>
      {error ? <InlineError error={error} /> : null}
      <div className={styles['actions']}>
        <Button working={logout.isPending ? 'Signing out…' : false} onClick={() => logout.mutate()}>
          Sign out
        </Button>
        <Button look="quiet" working={logoutEverywhere.isPending ? 'Signing out everywhere…' : false} onClick={() => logoutEverywhere.mutate()}>
          Sign out everywhere
        </Button>
      </div>
      <p className={styles['note']}>
        {isAdmin ? '“Everywhere” ends every session opened with an admin key.' : '“Everywhere” also ends your sessions in other browsers.'}
      </p>
    </>
  );
}
