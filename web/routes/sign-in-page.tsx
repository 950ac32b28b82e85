import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { WarningCircle } from '@phosphor-icons/react/WarningCircle';
import type { AuthStatusView } from '#shared/contracts/views.ts';
import { AdminKeyForm } from '#web/features/auth/admin-key-form.tsx';
import { describeSignInProblem } from '#web/features/auth/sign-in-problem.ts';
import { dayName } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { Button, buttonClass } from '#web/ui/controls/button.tsx';
import { ErrorState, Refusal, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import styles from './sign-in-page.module.css';

const route = getRouteApi('/sign-in');

/** Signing in, by Spotify or by the admin key; or, for who already is, signing out. */
export function SignInPage() {
  usePageTitle('Sign in');
  const { problem } = route.useSearch();
  const status = useQuery(trpc.auth.status.queryOptions());
  return (
    <div className={`wrap ${styles['page']}`}>
      {problem ? <Problem code={problem} /> : null}
      {status.data ? <Choice status={status.data} /> : null}
      {status.isPending ? (
        <h1>
          <TitleSkeleton width="12em" />
        </h1>
      ) : null}
      {status.error && !status.data ? (
        <ErrorState isPage error={status.error} what="Signing in is not possible right now." onRetry={() => void status.refetch()} />
      ) : null}
    </div>
  );
}

function Problem({ code }: { readonly code: string }) {
  const words = describeSignInProblem(code);
  return (
    <div className={styles['problem']} role="alert">
      <WarningCircle size={20} className="warn" aria-hidden />
      <p>
        <b>{words.message}</b> {words.remedy}
      </p>
    </div>
  );
}

function Choice({ status }: { readonly status: AuthStatusView }) {
  const { returnTo } = route.useSearch();
  if (status.signedIn) return <SignedIn status={status} />;
  const target = `/auth/spotify${returnTo ? `?returnTo=${encodeURIComponent(returnTo)}` : ''}`;
  return (
    <>
      <h1>Come in, or just listen.</h1>
      <p className={styles['say']}>Everything public is open without an account. Signing in makes the house remember you.</p>
      <div className={styles['ways']}>
        <section>
          <h2>With Spotify</h2>
          <p>
            Segue asks who you are and nothing more. {status.sandbox ? 'In the sandbox this is our own stand-in: no real account is touched.' : ''}
          </p>
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

function SignedIn({ status }: { readonly status: AuthStatusView }) {
  const logout = useMutation(trpc.auth.logout.mutationOptions({ onSuccess: () => queryClient.resetQueries() }));
  const isAdmin = status.role === 'admin';
  return (
    <>
      <h1>{status.displayName ? `You are signed in as ${status.displayName}.` : 'You are signed in as the operator.'}</h1>
      <p className={styles['say']}>
        {isAdmin ? 'You may operate this house.' : 'You may listen, and look into everything that is public.'}
        {status.expiresAt ? ` This sign-in lasts until ${dayName(status.expiresAt)}.` : ''}
      </p>
      {logout.error ? <Refusal error={logout.error} /> : null}
      <Button working={logout.isPending ? 'Signing out…' : false} onClick={() => logout.mutate()}>
        Sign out
      </Button>
    </>
  );
}
