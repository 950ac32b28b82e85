import { useMutation } from '@tanstack/react-query';
import type { PolicyFamilyView, PolicyVersionView } from '#shared/contracts/policies/policy-views.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { say } from '#web/ui/feedback/toast.tsx';

/** How many playlists follow other versions of the policy than this one. */
export const followersElsewhere = ({ versions }: PolicyFamilyView, version: PolicyVersionView) =>
  versions.reduce((sum, one) => (one.id === version.id ? sum : sum + one.playlists), 0);

interface FollowButtonProps {
  readonly family: PolicyFamilyView;
  readonly version: PolicyVersionView;
  readonly isPrimary?: boolean;
}

/** Lets the playlists of other versions follow this one from their next list on. The way back is the same button at the other version. */
export function FollowButton({ family, version, isPrimary = false }: FollowButtonProps) {
  const follow = useMutation(
    trpc.policies.follow.mutationOptions({
      onSuccess: ({ playlists }) => {
        say(`${plural(playlists.length, 'playlist')} will follow version ${version.version} with the next list.`);
        void queryClient.invalidateQueries(trpc.policies.pathFilter());
        void queryClient.invalidateQueries(trpc.playlists.pathFilter());
      },
    }),
  );
  const others = followersElsewhere(family, version);
  if (others === 0) return null;
  const problem = follow.error ? describeProblem(follow.error).message : undefined;
  return (
    <Button
      look={isPrimary ? 'primary' : 'quiet'}
      size="small"
      working={follow.isPending ? 'Changing over…' : false}
      title={problem}
      onClick={() => follow.mutate({ policyId: version.id })}
    >
      {problem ? 'That did not work; try again' : `Let ${plural(others, 'playlist')} follow version ${version.version}`}
    </Button>
  );
}
