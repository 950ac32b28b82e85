import type { Deps } from '#server/deps.ts';
import { AppError } from '#shared/errors.ts';

/** What every stage of enrichment needs. */
export type EnrichDeps = Pick<Deps, 'db' | 'now' | 'newId' | 'catalog' | 'featureSources' | 'genreSources' | 'log'>;

/** What one stage of enrichment did. */
export interface StageResult {
  readonly requested: number;
  readonly known: number;
  /** Set when a source was unavailable: its answers are left for a later run. */
  readonly unavailable?: AppError | undefined;
}

/** Whether the source is down, rate limited or out of budget; another source may still know. */
export function isUnavailable(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === 'provider_unavailable' || error.code === 'rate_limited' || error.code === 'quota_exceeded');
}
