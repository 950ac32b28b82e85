import { ArrowClockwise } from '@phosphor-icons/react/ArrowClockwise';
import type { CoverStepState } from '#shared/contracts/covers/projects.ts';
import { clockTime } from '#web/lib/dates.ts';
import { Button } from '#web/ui/controls/button.tsx';
import styles from './step-problem.module.css';

interface StepProblemProps {
  readonly step: CoverStepState;
  readonly what: string;
  readonly onRetry?: (() => void) | undefined;
  readonly isRetrying?: boolean;
}

/** Why the last attempt of a step failed, in its place; nothing while it has not failed. */
export function StepProblem({ step, what, onRetry, isRetrying = false }: StepProblemProps) {
  if (step.state !== 'failed' || !step.error) return null;
  const { message, remedy, retryAt } = step.error;
  return (
    <div className={styles['problem']} role="alert">
      <p>
        <b>{what}</b> {message} {remedy} {retryAt === null ? '' : `It can be tried again from ${clockTime(retryAt)} UTC.`}
      </p>
      {onRetry ? (
        <Button size="small" icon={<ArrowClockwise size={16} aria-hidden />} working={isRetrying ? 'Trying…' : false} onClick={onRetry}>
          Try again
        </Button>
      ) : null}
    </div>
  );
}
