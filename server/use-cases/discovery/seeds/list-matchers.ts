import type { MatcherView } from '#shared/contracts/discovery/seeds.ts';
import { MATCHERS } from '#shared/domain/discovery/matchers/registry.ts';

/** The ways to find what goes with seeds, the default first. */
export function listMatchers(): MatcherView[] {
  return MATCHERS.map(({ id, name, goesBy }) => ({ id, name, goesBy }));
}
