import type { Deps, ShortLinkAnswer, ShortLinks } from '#server/deps.ts';
import { listenShortUrls } from '#server/repos/studio/library/listen-short-urls.ts';
import { addClicks } from '#server/repos/studio/library/short-urls.ts';
import { LRUCache } from 'lru-cache';
import { createClickCounts } from './click-counts.ts';
import { readShortLink } from './read-short-link.ts';

type OpenLink = Extract<ShortLinkAnswer, { kind: 'open' }>;

const REMEMBERED_MAX = 10_000;
/** A connection that was cut off without a word is noticed later than this. */
const REMEMBERED_MS = 60_000;

/**
 * Remembers where short links lead.
 *
 * States: deaf (nothing is remembered, every link is read) → connecting (started by a read) → listening (links that work are remembered until a notice,
 * their expiry or a minute) → deaf, when the connection is lost. A link that is read while a notice arrives is not remembered.
 */
export function createShortLinks(): ShortLinks {
  const known = new LRUCache<string, OpenLink>({ max: REMEMBERED_MAX, ttl: REMEMBERED_MS });
  let listening: 'deaf' | 'connecting' | (() => void) = 'deaf';
  let isClosed = false;
  /** Advanced by every notice and every lost connection. */
  let changes = 0;
  let clicksDb: Deps['db'] | undefined;
  const clicks = createClickCounts(async (batch) => {
    if (clicksDb) await addClicks(clicksDb, batch);
  });
  const forget = (code?: string): void => {
    changes += 1;
    if (code === undefined) known.clear();
    else known.delete(code);
  };
  const listen = async (pool: Deps['pool']): Promise<void> => {
    listening = 'connecting';
    let isLost = false;
    const onLost = () => {
      isLost = true;
      listening = 'deaf';
      forget();
    };
    const end = await listenShortUrls(pool, { onChange: forget, onLost });
    if (isClosed) end();
    // It may be lost already.
    else if (!isLost) listening = end;
  };
  return {
    peek: (code, nowMs) => {
      const found = typeof listening === 'function' ? known.get(code) : undefined;
      return found && (found.expiresMs === null || found.expiresMs > nowMs) ? found : undefined;
    },
    read: async (deps, code) => {
      if (listening === 'deaf' && !isClosed) {
        void listen(deps.pool).catch(() => {
          listening = 'deaf';
        });
      }
      const before = { changes, isTold: typeof listening === 'function' };
      const { answer } = await readShortLink(deps, code);
      if (answer.kind === 'open' && before.isTold && before.changes === changes) known.set(code, answer);
      return answer;
    },
    countClick: (db, code) => {
      clicksDb = db;
      clicks.count(code);
    },
    close: async () => {
      isClosed = true;
      await clicks.close();
      if (typeof listening === 'function') listening();
    },
  };
}
