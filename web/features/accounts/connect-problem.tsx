import { useQuery, skipToken } from '@tanstack/react-query';
import { WarningCircle } from '@phosphor-icons/react/WarningCircle';
import { describeSignInProblem } from '#web/features/auth/sign-in-problem.ts';
import { trpc } from '#web/lib/trpc.ts';
import styles from './accounts.module.css';

/** Why an account was not connected. Names come sealed in the address and are told by the house only. */
export function ConnectProblem({ problem, note }: { readonly problem: string; readonly note: string | undefined }) {
  const wrong = useQuery(trpc.accounts.wrongAccount.queryOptions(note ? { note } : skipToken, { staleTime: Infinity }));
  const words = describeSignInProblem(problem);
  return (
    <div className={styles['problem']} role="alert">
      <WarningCircle size={20} className="warn" aria-hidden />
      <p>
        <b>{wrong.data ? `At Spotify this was ${wrong.data.saw}, not ${wrong.data.expected}; nothing was changed.` : words.message}</b> {words.remedy}
      </p>
    </div>
  );
}
