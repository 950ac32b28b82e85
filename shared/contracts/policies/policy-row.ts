import type { PolicyId } from '#shared/ids.ts';
import type { PolicyV1 } from './policy.ts';

export interface PolicyRowView {
  readonly id: PolicyId;
  readonly familyId: string;
  readonly name: string;
  readonly version: number;
  readonly rules: readonly string[];
  readonly body: PolicyV1;
  readonly playlists: number;
}
