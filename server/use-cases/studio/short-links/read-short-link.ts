import type { Deps, ShortLinkAnswer } from '#server/deps.ts';
import { findShortUrl } from '#server/repos/studio/library/short-urls.ts';
import type { ShortUrlFacts } from '#server/repos/studio/library/short-urls.ts';
import { AppError } from '#shared/errors.ts';

type Because = Extract<ShortLinkAnswer, { kind: 'closed' }>['because'];

/** Where a short link leads now. The address is built here, from what the row names, so it never leaves this server. */
export async function readShortLink(
  deps: Pick<Deps, 'db' | 'now'>,
  code: string,
): Promise<{ readonly answer: ShortLinkAnswer; readonly row: ShortUrlFacts | undefined }> {
  const row = await findShortUrl(deps.db, code);
  if (!row) return { answer: { kind: 'unknown' }, row };
  const because = closedBecause(row, deps.now());
  if (because) return { answer: { kind: 'closed', because }, row };
  const location = row.playlistIndex === null ? `/shared/${code}` : `/playlist/${row.playlistIndex}`;
  return { answer: { kind: 'open', location, expiresMs: row.expiresAt?.getTime() ?? null }, row };
}

function closedBecause({ revokedAt, expiresAt, target }: ShortUrlFacts, now: Date): Because | undefined {
  if (revokedAt !== null) return 'revoked';
  if (expiresAt !== null && expiresAt <= now) return 'expired';
  return target === 'shared' ? undefined : target;
}

const CLOSED: Readonly<Record<Because, string>> = {
  expired: 'This short link has expired.',
  revoked: 'This short link was ended by the person who made it.',
  deleted: 'What this short link led to was deleted.',
  private: 'What this short link led to is not shared any more.',
};

/** Why a short link leads nowhere any more. */
export function closedLink(because: Because): AppError {
  return new AppError('gone', { message: CLOSED[because], remedy: 'Ask the person who sent it for a new one.' });
}
