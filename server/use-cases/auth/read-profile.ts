import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findUser, listIdentities } from '#server/repos/auth/users.ts';
import type { ProfileView } from '#shared/contracts/auth/sign-in.ts';
import { AppError } from '#shared/errors.ts';

/** A person's own profile. Throws `unauthenticated` for an anonymous caller and for an API key, which has no profile. */
export async function readProfile(deps: Pick<Deps, 'db'>, actor: Actor): Promise<ProfileView> {
  const user = actor.kind === 'user' ? await findUser(deps.db, actor.userId) : undefined;
  if (!user) throw new AppError('unauthenticated', { message: 'Only a signed-in person has a profile.', remedy: 'Sign in with Spotify.' });
  const identities = await listIdentities(deps.db, user.id);
  return {
    displayName: user.displayName,
    avatarUrl: user.avatarUrl,
    role: user.role,
    memberSince: user.createdAt.toISOString(),
    lastSignedInAt: user.lastSignedInAt.toISOString(),
    knownAt: identities.map((identity) => ({ provider: identity.provider, linkedAt: identity.linkedAt.toISOString() })),
  };
}
