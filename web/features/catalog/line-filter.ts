import type { SourceStatus } from '#shared/vocabulary.ts';

/** Filters import lines by import and by status. */
export interface LineFilter {
  readonly intakeId?: string;
  readonly status?: SourceStatus;
}
