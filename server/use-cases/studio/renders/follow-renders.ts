import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { listenRenders } from '#server/repos/studio/listen-renders.ts';
import { findOwnRender, listOwnRenders } from '#server/repos/studio/renders.ts';
import { whileSignedIn } from '#server/use-cases/auth/while-signed-in.ts';
import { assetOwner } from '#server/use-cases/studio/asset-owner.ts';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import { renderId } from '#shared/ids.ts';
import { ledgerPerson } from './month-limits.ts';
import { toRenderView } from './render-view.ts';

/** Renders sent at once to a new subscriber: all in progress, and the newest that ended. */
const CATCH_UP = 20;
const OPEN_MAX = 100;
const OPEN = ['queued', 'sending', 'waiting', 'storing'] as const;

type FollowDeps = Pick<Deps, 'db' | 'now' | 'settings' | 'stream' | 'models'>;

/**
 * Yields every render of the caller's own as it changes, until the caller disconnects or is signed out; first those in progress and the newest, so that
 * another device and a reload miss nothing. The row is authoritative, the notification only a trigger to read it. Throws `unauthenticated`.
 */
export function followRenders(
  deps: FollowDeps,
  caller: { readonly actor: Actor; readonly sessionSecret?: string | undefined },
  signal: AbortSignal,
): AsyncGenerator<RenderView> {
  assetOwner(caller.actor);
  const { actor, sessionSecret } = caller;
  return whileSignedIn(deps, { actor, sessionSecret }, { signal, follow: (live) => changedRenders(deps, actor, live) });
}

async function* changedRenders(deps: FollowDeps, actor: Actor, signal: AbortSignal): AsyncGenerator<RenderView> {
  const userId = assetOwner(actor);
  for await (const id of listenRenders(deps.stream, ledgerPerson(userId), signal)) {
    if (id === undefined) {
      const open = await listOwnRenders(deps.db, userId, { states: [...OPEN], limit: OPEN_MAX });
      const newest = await listOwnRenders(deps.db, userId, { limit: CATCH_UP });
      const known = new Set(open.map(({ render }) => render.id));
      const all = [...open, ...newest.filter(({ render }) => !known.has(render.id))];
      for (const facts of all.toReversed()) yield toRenderView(deps, facts);
      continue;
    }
    const found = await findOwnRender(deps.db, { id: renderId.parse(id), userId });
    if (found) yield toRenderView(deps, found);
  }
}
