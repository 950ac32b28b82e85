import type { LiveAnswers } from '../preview/use-live-answers.ts';
import type { PolicyDraft } from './use-policy-draft.ts';
import type { DraftBase, EditedFamily } from '../versions/written-policy.ts';

/** All that saving has to know: what is written, what was said of it, and what it follows. */
export interface SaveProps {
  readonly draft: PolicyDraft;
  readonly answers: LiveAnswers;
  readonly base: DraftBase;
  readonly family: EditedFamily | undefined;
}
