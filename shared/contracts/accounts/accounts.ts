import { z } from 'zod';
import { accountId } from '#shared/ids.ts';
import { hashInput, textInput, wholeInput } from '#shared/input-types.ts';
import type { AlertLevel, ReplicaStatus } from '#shared/vocabulary.ts';
import type { AccountRow } from './account-row.ts';

export const accountInput = z.strictObject({ accountId });
export type AccountInput = z.infer<typeof accountInput>;

/** Settings of one account. Spotify itself allows about 11,000 playlists per account. */
export const changeAccountInput = z.strictObject({
  accountId,
  maxPlaylists: wholeInput(0, 11_000),
  requestsPerMinute: wholeInput(1, 6_000).nullable(),
});
export type ChangeAccountInput = z.infer<typeof changeAccountInput>;

export const setAccountEnabledInput = z.strictObject({ accountId, isEnabled: z.boolean() });
export type SetAccountEnabledInput = z.infer<typeof setAccountEnabledInput>;

export const disconnectAccountInput = z.strictObject({ accountId, hash: hashInput('a preview') });
export type DisconnectAccountInput = z.infer<typeof disconnectAccountInput>;

/** A wrong token is answered with `not_found`, so only its length is limited here. */
export const reconnectTokenInput = z.strictObject({ token: textInput(200).min(1, 'is empty') });
export type ReconnectTokenInput = z.infer<typeof reconnectTokenInput>;

export const wrongAccountInput = z.strictObject({ note: textInput(2_000).min(1, 'is empty') });

/** The last warning threshold that an account has passed, in days before its authorization expires; 0 is expired. */
export type ReauthStep = 30 | 14 | 7 | 3 | 0;

export interface AccountView extends AccountRow {
  readonly statusChangedAt: string | null;
  /** Name of the key that encrypted its tokens, if Segue no longer has it: then no request can be made. Null for an account that needs re-authorization anyway. */
  readonly missingKey: string | null;
  /** Until when Spotify rate limits this account. */
  readonly limitedUntil: string | null;
  readonly requestsPerMinute: number | null;
  readonly reauthStep: ReauthStep | null;
  /** Until when its reconnect link is valid; null when there is none. */
  readonly openLinkUntil: string | null;
}

export interface BudgetView {
  readonly bucket: string;
  readonly name: string;
  readonly perMinute: number | null;
  readonly lastHour: number;
  readonly lastDay: number;
  /** Requests in each of the last 24 hours, oldest first. */
  readonly hours: readonly { readonly hour: string; readonly requests: number }[];
  readonly blockedUntil: string | null;
  readonly blockedReason: string | null;
  /** Rate limits in the last 30 days, newest first. */
  readonly rateLimits: readonly { readonly at: string; readonly until: string; readonly why: string }[];
}

export interface AccountDetailView {
  readonly account: AccountView;
  readonly missingScopes: readonly string[];
  readonly budget: BudgetView;
  readonly replicas: readonly {
    readonly index: number;
    readonly themeTag: string;
    readonly status: ReplicaStatus;
    readonly syncedDay: string | null;
    readonly spotifyUrl: string | null;
  }[];
}

export interface TokenCalendarView {
  readonly today: string;
  /** Accounts by the day on which their authorization expires: expired ones first, then soonest first. */
  readonly accounts: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly reauthOn: string;
    /** 0 when it has expired or was revoked early. */
    readonly daysLeft: number;
    readonly hasExpired: boolean;
    readonly level: AlertLevel | null;
  }[];
  /** Days to reconnect early, which spreads out authorizations that would all expire in one week. */
  readonly advice: readonly StaggerAdvice[];
}

export interface StaggerAdvice {
  readonly id: string;
  readonly displayName: string;
  /** When it expires if nothing is done. */
  readonly reauthOn: string;
  /** The day to reconnect on, and when the new authorization would expire. */
  readonly reconnectOn: string;
  readonly wouldExpireOn: string;
  readonly isNow: boolean;
}

export interface ReconnectLinkView {
  /** The secret is in the fragment after `#`, which browsers never send. Shown once; only its digest is stored. */
  readonly url: string;
  readonly expiresAt: string;
}

/** What the owner of an account sees before re-authorizing. */
export interface ReconnectOfferView {
  readonly displayName: string;
  readonly playlists: number;
  readonly expiresAt: string;
  readonly reauthBy: string;
}

export interface WrongAccountView {
  readonly actual: string;
  readonly expected: string;
}

export interface RemovalLine {
  readonly what: string;
  readonly count: number;
}

export interface DisconnectPreviewView {
  readonly accountId: string;
  readonly displayName: string;
  /** Hash of this preview. Disconnecting requires it and is refused when the account has changed since. */
  readonly hash: string;
  readonly removes: readonly RemovalLine[];
  readonly keeps: readonly string[];
  readonly playlists: readonly {
    readonly index: number;
    readonly themeTag: string;
    /** Other accounts that host it. */
    readonly otherAccounts: readonly string[];
  }[];
}

export interface DisconnectReceiptView {
  readonly displayName: string;
  readonly at: string;
  readonly removed: readonly RemovalLine[];
  readonly kept: readonly string[];
  readonly playlistsRetired: number;
}
