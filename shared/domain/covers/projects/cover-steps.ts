import { COVER_STEPS } from '#shared/contracts/covers/projects.ts';
import type { CoverStep, CoverStepState } from '#shared/contracts/covers/projects.ts';

/**
 * The steps of a cover. A step is open until it has a result. States of a step: open → ready | failed; ready → stale when a step before it changes;
 * stale | failed → ready when it is done again. Nothing is ever deleted by a change of state.
 */
type Steps = Readonly<Partial<Record<CoverStep, CoverStepState>>>;

const OPEN: CoverStepState = { state: 'open', error: null };

/** The steps after one is done: it is ready, and later ones with a result are stale. */
export function stepDone(steps: Steps, step: CoverStep): Steps {
  const at = COVER_STEPS.indexOf(step);
  const later = COVER_STEPS.slice(at + 1).flatMap((name) => {
    const now = steps[name];
    return now && now.state !== 'open' ? [[name, { state: 'stale', error: null }] as const] : [];
  });
  return { ...steps, ...Object.fromEntries(later), [step]: { state: 'ready', error: null } };
}

/** The steps after one failed: its earlier result, if any, is kept, and so are the later steps. */
export function stepFailed(steps: Steps, step: CoverStep, error: NonNullable<CoverStepState['error']>): Steps {
  return { ...steps, [step]: { state: 'failed', error } };
}

/** The steps after one was finished that started from an earlier state of the cover: its result is kept, as stale. */
export function stepDoneLate(steps: Steps, step: CoverStep): Steps {
  return { ...steps, [step]: { state: 'stale', error: null } };
}

/** Every step with its state. */
export function allSteps(steps: Steps): Readonly<Record<CoverStep, CoverStepState>> {
  return {
    analysis: steps.analysis ?? OPEN,
    words: steps.words ?? OPEN,
    picture: steps.picture ?? OPEN,
    type: steps.type ?? OPEN,
    upload: steps.upload ?? OPEN,
  };
}
