import type { RemoteFindingView } from '#shared/contracts/sync/remote-findings.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { client, queryClient, trpc } from '#web/lib/trpc.ts';

type Finding = Pick<RemoteFindingView, 'kind' | 'account' | 'name' | 'plan' | 'playlistIndex' | 'spotifyPlaylistId' | 'spotifyUrl'>;

/** What became of one finding that was settled with others of its kind; `why` says what stood in the way. */
export interface SettledOne {
  readonly finding: Finding;
  readonly why: string | null;
}

export interface Settled {
  readonly how: 'taken_off' | 'planned';
  readonly ones: readonly SettledOne[];
}

/** What one button can settle: what has a plan to be taken off, and what is gone and can be planned anew. */
export const canSettle = ({ kind, plan, playlistIndex }: Finding): boolean => (kind === 'missing' ? playlistIndex !== null : plan !== null);

/**
 * Settles findings one after the other, telling before each how many are done. One that is refused does not stop the others; its reason is in the answer.
 */
export async function settleKind<F extends Finding>(
  findings: readonly F[],
  { settle, tell }: { readonly settle: (finding: F) => Promise<string | null>; readonly tell: (done: number) => void },
): Promise<SettledOne[]> {
  const ones: SettledOne[] = [];
  for (const finding of findings) {
    tell(ones.length);
    // One after the other: they share one request budget.
    // oxlint-disable-next-line no-await-in-loop
    const why = await settle(finding).catch((error: unknown) => {
      const { message, remedy } = describeProblem(error);
      return [message, remedy].filter(Boolean).join(' ');
    });
    ones.push({ finding, why });
  }
  return ones;
}

/** Takes one off by the hash of its plan, or plans one anew that is gone. Returns why not; null when it was done. */
export async function settleOne({ kind, plan, playlistIndex }: Finding): Promise<string | null> {
  if (kind === 'missing' && playlistIndex !== null) {
    const { problems } = await client.sync.plan.mutate({ playlistIndex });
    return problems[0]?.message ?? null;
  }
  if (plan === null) return 'It has no plan.';
  await client.sync.applyOne.mutate({ planId: plan.id, hash: plan.hash });
  return null;
}

/** Has the screens of sync show what is true now. */
export const lookAgain = () => queryClient.invalidateQueries(trpc.sync.pathFilter());
