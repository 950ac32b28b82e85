import { useMutation } from '@tanstack/react-query';
import type { PolicyFamilyView, PolicyVersionView } from '#shared/contracts/policies/policy-views.ts';
import { describeProblem } from '#web/lib/problem.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { showToast } from '#web/ui/feedback/toast.tsx';

/** Number of playlists that follow another version of the policy. */
export const followersElsewhere = ({ versions }: PolicyFamilyView, version: PolicyVersionView) =>
  versions.reduce((sum, one) => (one.id === version.id ? sum : sum + one.playlists), 0);

interface FollowButtonProps {
  readonly family: PolicyFamilyView;
  readonly version: PolicyVersionView;
  readonly isPrimary?: boolean;
}

/** Switches the playlists of all other versions to this one, starting with their next list. The same button at another version switches them back. */
export function FollowButton({ family, version, isPrimary = false }: FollowButtonProps) {
  const follow = useMutation(
    trpc.playlistAdmin.policies.follow.mutationOptions({
      onSuccess: ({ playlists }) => {
        showToast(`${plural(playlists.length, 'playlist')} switched to version ${version.version}, starting with the next list.`);
        void queryClient.invalidateQueries(trpc.playlistAdmin.policies.pathFilter());
        void queryClient.invalidateQueries(trpc.playlistAdmin.playlists.pathFilter());
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
      working={follow.isPending ? 'Switching…' : false}
      title={problem}
      onClick={() => follow.mutate({ policyId: version.id })}
    >
      {problem ? 'Failed. Try again' : `Switch ${plural(others, 'playlist')} to version ${version.version}`}
    </Button>
  );
}
