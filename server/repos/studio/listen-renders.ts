import { listenNotices } from '#server/repos/auth/listen-notices.ts';
import type { Sql } from 'postgres';

/** Yields undefined once the subscription is active, then the id of every render of the owner as it changes. `owner` is a user's id, or `operator`. */
export function listenRenders(stream: Sql, owner: string, signal: AbortSignal): AsyncGenerator<string | undefined> {
  return listenNotices(stream, { channel: 'segue_renders', owner }, signal);
}
