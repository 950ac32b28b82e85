import type { Policy } from '#shared/contracts/policies/policy.ts';

/** The key of a repeat-window scope, as the ledger stores it: the network, one playlist, or all playlists of a policy family. */
export function restScopeKey(policy: Pick<Policy, 'rest'>, of: { readonly playlistId: string; readonly policyFamilyId: string }): string {
  if (policy.rest.scope === 'network') return 'network';
  return policy.rest.scope === 'playlist' ? `playlist:${of.playlistId}` : `policy:${of.policyFamilyId}`;
}
