import type { Deps } from '#server/deps.ts';
import type { CreateShortLinkInput, ShortLinkView } from '#shared/contracts/studio/library/sharing.ts';

interface StoredLink {
  readonly code: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly clicks: number;
}

/** A stored short link as its maker sees it. */
export function toShortLinkView(
  { now }: Pick<Deps, 'now'>,
  { code, createdAt, expiresAt, revokedAt, clicks }: StoredLink,
  target: CreateShortLinkInput['target'],
): ShortLinkView {
  const isPast = expiresAt !== null && expiresAt <= now();
  const state = revokedAt !== null ? 'revoked' : isPast ? 'expired' : 'active';
  return { code, url: `/s/${code}`, target, createdAt: createdAt.toISOString(), expiresAt: expiresAt?.toISOString() ?? null, state, clicks };
}
