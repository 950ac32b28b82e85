import type { Deps } from '#server/deps.ts';
import { insertAuditEntry } from '#server/repos/audit-log.ts';
import { beginSession } from './begin-session.ts';
import type { NewSession } from './begin-session.ts';
import { checkAdminKey } from './check-admin-key.ts';

interface AdminSignIn {
  readonly key: string;
  readonly address: string;
  /** The browser's previous session, which ends here. */
  readonly replaces: string | undefined;
}

/** Exchanges the admin key for an admin session of twelve hours. Throws what `checkAdminKey` throws. */
export async function signInAdmin(deps: Pick<Deps, 'db' | 'now' | 'newId' | 'newSecret' | 'settings'>, request: AdminSignIn): Promise<NewSession> {
  await checkAdminKey(deps, request);
  return deps.db.transaction(async (tx) => {
    await insertAuditEntry(tx, { id: deps.newId(), at: deps.now(), actor: 'admin_key', action: 'admin_signed_in', subject: request.address });
    return beginSession(deps, tx, { userId: null, role: 'admin', replaces: request.replaces, adminKey: request.key });
  });
}
