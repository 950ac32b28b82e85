import type { PolicyV2 } from '#shared/contracts/policies/policy.ts';
import { EMPTY_LIST_POLICY } from '#shared/domain/policies/empty-policy.ts';
import { vibePolicy } from './vibe-policy.ts';
import type { VibeQuestion } from './vibe-policy.ts';

/** A vibe as a policy of the network: its rules and targets, with the repeat window, the song window and the variety that the network has by default. */
export function networkPolicy(question: VibeQuestion): PolicyV2 {
  const { rest, songs, artistDays, seasonal, variety } = EMPTY_LIST_POLICY;
  return { ...vibePolicy(question), rest, songs, artistDays, seasonal, variety };
}
