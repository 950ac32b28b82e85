import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findUser, listIdentities } from '#server/repos/auth/users.ts';
import type { ProfileView } from '#shared/contracts/auth/sign-in.ts';
import { AppError } from '#shared/errors.ts';

/** A person's own profile. Throws `unauthenticated` for a stranger and for a key, which is nobody. */
export async function readProfile(deps: Pick<Deps, 'db'>, actor: Actor): Promise<ProfileView> {
  const user = actor.kind === 'user' ? await findUser(deps.db, actor.userId) : undefined;
  if (!user) throw new AppError('unauthenticated', { message: 'A profile belongs to a person who signed in.', remedy: 'Sign in with Spotify.' });
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
