/**
 * A stream that lives only as long as its caller's session.
 *
 * States: open → ended (sign-out, expiry, a removed admin key, a changed role) | closed (the caller disconnected, or the source finished).
 */
import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listenEndedSessions } from '#server/repos/auth/listen-ended-sessions.ts';
import { identifySession } from './identify-session.ts';
import { digest } from './secrets.ts';

interface StreamCaller {
  readonly actor: Actor;
  /** Undefined for a caller that sent the admin key itself. */
  readonly sessionSecret: string | undefined;
}

/** A session also ends by the clock, which nobody announces. */
const RECHECK_MS = 15_000;

/**
 * Yields what `follow` yields until the caller's session ends; ends within a second of a sign-out in any process, and never yields after it. `follow`
 * gets a signal that is aborted then.
 */
export async function* whileSignedIn<T>(
  deps: Pick<Deps, 'db' | 'now' | 'settings' | 'stream'>,
  { actor, sessionSecret }: StreamCaller,
  { signal, follow }: { readonly signal: AbortSignal; readonly follow: (signal: AbortSignal) => AsyncIterable<T> },
): AsyncGenerator<T> {
  if (sessionSecret === undefined) {
    yield* follow(signal);
    return;
  }
  const ended = new AbortController();
  const isLive = async () => isSameActor(await identifySession(deps, sessionSecret), actor);
  const check = async () => {
    if (!(await isLive().catch(() => true))) ended.abort();
  };
  const recheck = setInterval(() => void check(), RECHECK_MS);
  const stopListening = await listenEndedSessions(deps.stream, digest(sessionSecret), () => void check());
  try {
    for await (const value of follow(AbortSignal.any([signal, ended.signal]))) {
      if (!(await isLive())) break;
      yield value;
    }
  } finally {
    clearInterval(recheck);
    await stopListening();
  }
}

function isSameActor(now: Actor, then: Actor): boolean {
  if (now.kind === 'user' && then.kind === 'user') return now.userId === then.userId && now.isAdmin === then.isAdmin;
  return now.kind === then.kind;
}
