import { Link } from '@tanstack/react-router';
import { Check } from '@phosphor-icons/react/Check';
import { Warning } from '@phosphor-icons/react/Warning';
import { XCircle } from '@phosphor-icons/react/XCircle';
import type { CoverStep, CoverView } from '#shared/contracts/covers/projects.ts';
import { STEP_LABELS, STEP_ORDER, stepSummary } from './cover-steps.ts';
import styles from './step-rail.module.css';

/** The five steps with what each holds. Every step can be opened at any time; going back loses nothing. */
export function StepRail({ cover, step }: { readonly cover: CoverView; readonly step: CoverStep }) {
  return (
    <nav aria-label="Steps" className={styles['rail']}>
      <ol>
        {STEP_ORDER.map((one, at) => (
          <li key={one}>
            <Link
              to="/covers/$coverId"
              params={{ coverId: cover.id }}
              search={{ step: one }}
              aria-current={one === step ? 'step' : undefined}
              activeProps={{ 'aria-current': one === step ? 'step' : undefined }}
              resetScroll={false}
            >
              <span className={styles['name']}>
                <span className={styles['number']} aria-hidden>
                  {at + 1}
                </span>
                {STEP_LABELS[one]}
                <StepMark state={cover.steps[one].state} />
              </span>
              <span className={styles['summary']}>{stepSummary(cover, one) ?? ' '}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function StepMark({ state }: { readonly state: CoverView['steps'][CoverStep]['state'] }) {
  if (state === 'ready') {
    return (
      <>
        <Check size={14} className="ok" aria-hidden />
        <span className="sr">, done</span>
      </>
    );
  }
  if (state === 'stale') {
    return (
      <>
        <Warning size={14} className="warn" aria-hidden />
        <span className="sr">, an earlier step changed</span>
      </>
    );
  }
  if (state === 'failed') {
    return (
      <>
        <XCircle size={14} className="bad" aria-hidden />
        <span className="sr">, failed</span>
      </>
    );
  }
  return null;
}
