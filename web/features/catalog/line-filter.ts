import type { SourceStatus } from '#shared/vocabulary.ts';

/** Which lines are looked at. */
export interface LineFilter {
  readonly intakeId?: string;
  readonly status?: SourceStatus;
}
