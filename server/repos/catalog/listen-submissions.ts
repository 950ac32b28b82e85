import { listenNotices } from '#server/repos/auth/listen-notices.ts';
import type { UserId } from '#shared/ids.ts';
import type { Sql } from 'postgres';

/** Yields undefined once the subscription is active, then the id of every submission of a person as it, or the import of its album, changes. */
export function listenSubmissions(stream: Sql, userId: UserId, signal: AbortSignal): AsyncGenerator<string | undefined> {
  return listenNotices(stream, { channel: 'segue_submissions', owner: userId }, signal);
}
