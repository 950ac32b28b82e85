import type { Sql } from 'postgres';

/**
 * Calls `onChange` when the session may have ended: its row or its user's role changed, or the connection was lost for a while and is back. Returns the
 * function that stops listening. The notifications come from triggers, so every process and every statement is covered.
 */
export async function listenEndedSessions(stream: Sql, idHash: string, onChange: () => void): Promise<() => Promise<void>> {
  const listener = await stream.listen('segue_sessions', (changed) => (changed === idHash ? onChange() : undefined), onChange);
  return () => listener.unlisten();
}
