import type { DraftResults } from '../preview/use-draft-results.ts';
import type { PolicyDraft } from './use-policy-draft.ts';
import type { DraftBase, EditedFamily } from '../versions/draft-content.ts';

/** What saving needs: the draft, its results, and the version it is based on. */
export interface SaveProps {
  readonly draft: PolicyDraft;
  readonly results: DraftResults;
  readonly base: DraftBase;
  readonly family: EditedFamily | undefined;
}
