import type { RemoteFindingView } from '#shared/contracts/sync/remote-findings.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';

type Finding = Pick<RemoteFindingView, 'kind' | 'account' | 'name' | 'plan' | 'playlistIndex' | 'spotifyPlaylistId' | 'spotifyUrl'>;

/** The result for one finding that was resolved with others of its kind. `why` is the reason it was not resolved, or null. */
export interface FindingResult {
  readonly finding: Finding;
  readonly reason: string | null;
}

export interface ResolvedFindings {
  readonly action: 'removed' | 'planned';
  readonly results: readonly FindingResult[];
}

/** True for findings that one button can resolve: those with a removal plan, and missing playlists that can be planned again. */
export const canResolve = ({ kind, plan, playlistIndex }: Finding): boolean => (kind === 'missing' ? playlistIndex !== null : plan !== null);

/** Resolves findings one after the other and reports progress before each. A refusal does not stop the others; its reason is in the result. */
export async function resolveFindings<F extends Finding>(
  findings: readonly F[],
  { resolve, onProgress }: { readonly resolve: (finding: F) => Promise<string | null>; readonly onProgress: (done: number) => void },
): Promise<FindingResult[]> {
  const ones: FindingResult[] = [];
  for (const finding of findings) {
    onProgress(ones.length);
    // One after the other: all share one request budget.
    // oxlint-disable-next-line no-await-in-loop
    const why = await resolve(finding).catch((error: unknown) => {
      const { message, remedy } = describeProblem(error);
      return [message, remedy].filter(Boolean).join(' ');
    });
    ones.push({ finding, reason: why });
  }
  return ones;
}

/** Removes a playlist by the hash of its removal plan, or plans a missing one again. Returns the reason if it was not possible, else null. */
export async function resolveFinding({ kind, plan, playlistIndex }: Finding): Promise<string | null> {
  if (kind === 'missing' && playlistIndex !== null) {
    const { problems } = await client.playlistAdmin.sync.plan.mutate({ playlistIndex });
    return problems[0]?.message ?? null;
  }
  if (plan === null) return 'Segue has no plan to remove it. Reconcile with Spotify again.';
  await client.playlistAdmin.sync.applyOne.mutate({ planId: plan.id, hash: plan.hash });
  return null;
}

/** Refetches all sync data. */
export const refetchSync = () => queryClient.invalidateQueries(trpc.playlistAdmin.sync.pathFilter());
