import type { PolicyId } from '#shared/ids.ts';
import type { Policy } from './policy.ts';

export interface PolicyRowView {
  readonly id: PolicyId;
  readonly familyId: string;
  readonly name: string;
  readonly version: number;
  readonly rules: readonly string[];
  readonly body: Policy;
  readonly playlists: number;
}
