import type { Deps } from '#server/deps.ts';
import { deleteSession } from '#server/repos/auth/sessions.ts';
import { digest } from './secrets.ts';

/** Ends the session on the server, so that every copy of the cookie is invalid. Idempotent. */
export async function signOut(deps: Pick<Deps, 'db'>, secret: string | undefined): Promise<void> {
  if (secret !== undefined) await deleteSession(deps.db, digest(secret));
}
