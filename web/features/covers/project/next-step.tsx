import { Link } from '@tanstack/react-router';
import { ArrowRight } from '@phosphor-icons/react/ArrowRight';
import type { ReactNode } from 'react';
import type { CoverStep, CoverView } from '#shared/contracts/covers/projects.ts';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { STEP_LABELS } from './cover-steps.ts';
import { StepBar } from './step-layout.tsx';
import styles from './next-step.module.css';

/** The bar of a step that is done: what it holds, and the way to the next one. */
export function NextStep({
  cover,
  to,
  says,
  children,
}: {
  readonly cover: CoverView;
  readonly to: CoverStep;
  readonly says: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <StepBar says={says}>
      {children}
      <Link to="/covers/$coverId" params={{ coverId: cover.id }} search={{ step: to }} className={buttonClass('primary')}>
        <span className={styles['label']}>
          Continue to {STEP_LABELS[to].toLowerCase()}
          <ArrowRight size={16} aria-hidden />
        </span>
      </Link>
    </StepBar>
  );
}
