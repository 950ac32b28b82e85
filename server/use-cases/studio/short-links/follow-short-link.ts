import type { Deps } from '#server/deps.ts';
import { AppError } from '#shared/errors.ts';
import { closedLink } from './read-short-link.ts';

/** The address that a short link leads to, on this server. Throws `not_found` for an unknown code and `gone` for a link that ended. */
export async function followShortLink(deps: Pick<Deps, 'db' | 'pool' | 'now' | 'caches'>, code: string): Promise<string> {
  const answer = await deps.caches.shortLinks.read(deps, code);
  if (answer.kind === 'unknown')
    throw new AppError('not_found', { message: 'There is no such short link.', remedy: 'Check the address for a missing or a changed letter.' });
  if (answer.kind === 'closed') throw closedLink(answer.because);
  return answer.location;
}
