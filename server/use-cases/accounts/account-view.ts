import type { Sealer } from '#server/deps.ts';
import { accountBucket } from '#server/repos/accounts/account-limits.ts';
import type { AccountWithLoad } from '#server/repos/accounts/accounts.ts';
import type { AccountView, ReauthStep } from '#shared/contracts/accounts/accounts.ts';
import type { AlertLevel } from '#shared/vocabulary.ts';
import { reauthDate } from './reauth-date.ts';
import { missingKey, missingKeyReason } from './token-seals.ts';
import { DAY_MS } from '#shared/domain/calendar.ts';

/** Days before the authorization expires at which its owner and the operator are reminded, nearest first (R19 with the week in between). */
const STEPS: readonly ReauthStep[] = [0, 3, 7, 14, 30];

/** The alert level of each reminder. */
export const REAUTH_LEVELS: Readonly<Record<ReauthStep, AlertLevel>> = { 30: 'info', 14: 'warning', 7: 'warning', 3: 'critical', 0: 'critical' };

interface AccountContext {
  readonly now: Date;
  readonly blocks: ReadonlyMap<string, { readonly until: Date }>;
  readonly links: ReadonlyMap<string, Date>;
  readonly sealer: Pick<Sealer, 'keyIds'>;
}

/** An account as the operator sees it, without tokens and the Spotify user id. */
export function toAccountView(account: AccountWithLoad, { now, blocks, links, sealer }: AccountContext): AccountView {
  const reauthBy = reauthDate(account.authorizedAt);
  const key = account.status === 'needs_reauth' ? null : missingKey(sealer, account.sealedRefreshToken);
  return {
    id: account.id,
    displayName: account.displayName,
    status: account.status,
    statusReason: key === null ? account.statusReason : `${missingKeyReason(key)} Add the key again, or re-authorize the account.`,
    missingKey: key,
    statusChangedAt: account.statusChangedAt?.toISOString() ?? null,
    limitedUntil: blocks.get(accountBucket(account.id))?.until.toISOString() ?? null,
    playlists: account.playlists,
    maxPlaylists: account.maxPlaylists,
    requestsPerMinute: account.requestsPerMinute,
    authorizedAt: account.authorizedAt.toISOString(),
    reauthBy: reauthBy.toISOString(),
    reauthStep: reauthStep(reauthBy, now),
    openLinkUntil: links.get(account.id)?.toISOString() ?? null,
  };
}

/** The reminder that is due: the nearest step reached; null while there is time. */
export function reauthStep(reauthBy: Date, now: Date): ReauthStep | null {
  const days = (reauthBy.getTime() - now.getTime()) / DAY_MS;
  return STEPS.find((step) => days <= step) ?? null;
}
