import { useQuery, skipToken } from '@tanstack/react-query';
import { WarningCircle } from '@phosphor-icons/react/WarningCircle';
import { describeSignInProblem } from '#web/features/auth/sign-in-problem.ts';
import { trpc } from '#web/lib/trpc.ts';
import styles from './accounts.module.css';

/** Why an account was not connected. The names in `note` are encrypted; only the server can read them. */
export function ConnectProblem({ problem, note }: { readonly problem: string; readonly note: string | undefined }) {
  const mismatch = useQuery(trpc.playlistAdmin.accounts.wrongAccount.queryOptions(note ? { note } : skipToken, { staleTime: Infinity }));
  const words = describeSignInProblem(problem);
  return (
    <div className={styles['problem']} role="alert">
      <WarningCircle size={20} className="warn" aria-hidden />
      <p>
        <b>
          {mismatch.data ? `You signed in to Spotify as ${mismatch.data.actual}, not ${mismatch.data.expected}. Nothing was changed.` : words.message}
        </b>{' '}
        {words.remedy}
      </p>
    </div>
  );
}
