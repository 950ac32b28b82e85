import type { Actor } from '#server/actor.ts';
import { isAdmin } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { findLiveSession } from '#server/repos/auth/sessions.ts';
import { findUser } from '#server/repos/auth/users.ts';
import type { AuthStatusView } from '#shared/contracts/auth/status.ts';
import { digest } from './secrets.ts';
import { sessionLimits } from './session-limits.ts';

/** Who the caller is; never throws for an anonymous one. */
export async function readAuthStatus(
  deps: Pick<Deps, 'db' | 'now' | 'settings'>,
  actor: Actor,
  sessionSecret: string | undefined,
): Promise<AuthStatusView> {
  const { sandbox } = deps.settings;
  if (actor.kind === 'anonymous')
    return { signedIn: false, role: null, isPerson: false, displayName: null, avatarUrl: null, expiresAt: null, sandbox };
  const session = sessionSecret === undefined ? undefined : await findLiveSession(deps.db, digest(sessionSecret), sessionLimits(deps.now()));
  const user = actor.kind === 'user' ? await findUser(deps.db, actor.userId) : undefined;
  return {
    signedIn: true,
    role: isAdmin(actor) ? 'admin' : 'listener',
    isPerson: user !== undefined,
    displayName: user?.displayName ?? 'Operator',
    avatarUrl: user?.avatarUrl ?? null,
    expiresAt: session?.expiresAt.toISOString() ?? null,
    sandbox,
  };
}
