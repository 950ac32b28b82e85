import { z } from 'zod';
import { accountId } from '#shared/ids.ts';
import type { AlertLevel, ReplicaStatus } from '#shared/vocabulary.ts';
import type { AccountRow, PlaylistCard } from '#shared/contracts/views.ts';

export const accountInput = z.strictObject({ accountId });
export type AccountInput = z.infer<typeof accountInput>;

/** What the operator may set for one account. Spotify itself takes about 11,000 playlists an account. */
export const changeAccountInput = z.strictObject({
  accountId,
  maxPlaylists: z.int('must be a whole number').min(0, 'cannot be negative').max(11_000, 'is more than Spotify lets one account have'),
  requestsPerMinute: z.int('must be a whole number').min(1, 'must be at least 1').max(6_000, 'is more than anybody is allowed').nullable(),
});
export type ChangeAccountInput = z.infer<typeof changeAccountInput>;

export const switchAccountInput = z.strictObject({ accountId, isOn: z.boolean() });
export type SwitchAccountInput = z.infer<typeof switchAccountInput>;

export const disconnectAccountInput = z.strictObject({ accountId, hash: z.string().regex(/^[0-9a-f]{64}$/, 'is not the hash of a preview') });
export type DisconnectAccountInput = z.infer<typeof disconnectAccountInput>;

/** A wrong token is "not found", so only its length is bounded here. */
export const reconnectTokenInput = z.strictObject({ token: z.string().min(1).max(200) });
export type ReconnectTokenInput = z.infer<typeof reconnectTokenInput>;

export const wrongAccountInput = z.strictObject({ note: z.string().min(1).max(2_000) });

/** How near the end of its authorisation an account is: the step of the calendar that it has passed. */
export type ReauthStep = 30 | 14 | 7 | 3 | 0;

export interface AccountView extends AccountRow {
  readonly statusChangedAt: string | null;
  /** Name of the key that its tokens were sealed with, where the house has it no more: then nothing can be asked for it. Null for one that waits for its owner anyway. */
  readonly missingKey: string | null;
  /** Until when Spotify holds this account back. */
  readonly limitedUntil: string | null;
  readonly requestsPerMinute: number | null;
  readonly reauthStep: ReauthStep | null;
  /** Until when a reconnect link of it is open; null when none is. */
  readonly openLinkUntil: string | null;
}

export interface BudgetView {
  readonly bucket: string;
  readonly name: string;
  readonly perMinute: number | null;
  readonly lastHour: number;
  readonly lastDay: number;
  /** The last 24 hours, oldest first. */
  readonly hours: readonly { readonly hour: string; readonly requests: number }[];
  readonly blockedUntil: string | null;
  readonly blockedWhy: string | null;
  /** Every time Spotify said stop in the last thirty days, newest first. */
  readonly refusals: readonly { readonly at: string; readonly until: string; readonly why: string }[];
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
  /** Accounts by the day on which their authorisation ends, soonest first; those that have ended come before. */
  readonly accounts: readonly {
    readonly id: string;
    readonly displayName: string;
    readonly reauthOn: string;
    /** 0 when it has ended, be it before its time. */
    readonly daysLeft: number;
    readonly hasEnded: boolean;
    readonly level: AlertLevel | null;
  }[];
  /** Reconnecting early, on these days, spreads authorisations that would all end in one week. */
  readonly advice: readonly StaggerAdvice[];
}

export interface StaggerAdvice {
  readonly id: string;
  readonly displayName: string;
  /** When it ends as things are. */
  readonly reauthOn: string;
  /** The day to reconnect on, and when it would end then. */
  readonly reconnectOn: string;
  readonly wouldEndOn: string;
  readonly isNow: boolean;
}

export interface ReconnectLinkView {
  /** The secret stands behind the `#`, which browsers send to nobody. Shown once; only its digest is kept. */
  readonly url: string;
  readonly expiresAt: string;
}

/** What the owner of an account sees before agreeing. */
export interface ReconnectOfferView {
  readonly displayName: string;
  readonly playlists: number;
  readonly expiresAt: string;
  readonly reauthBy: string;
}

export interface WrongAccountView {
  readonly saw: string;
  readonly expected: string;
}

export interface RemovalLine {
  readonly what: string;
  readonly count: number;
}

export interface DisconnectPreviewView {
  readonly accountId: string;
  readonly displayName: string;
  /** Of what was previewed; disconnecting takes it, and is refused when the account changed meanwhile. */
  readonly hash: string;
  readonly removes: readonly RemovalLine[];
  readonly keeps: readonly string[];
  readonly playlists: readonly {
    readonly index: number;
    readonly themeTag: string;
    /** Other accounts on which it stands. */
    readonly elsewhere: readonly string[];
  }[];
}

export interface DisconnectReceiptView {
  readonly displayName: string;
  readonly at: string;
  readonly removed: readonly RemovalLine[];
  readonly kept: readonly string[];
  readonly playlistsRetired: number;
}

/** What anybody may see of an account: its name and what it carries. */
export interface AccountPageView {
  readonly id: string;
  readonly displayName: string;
  readonly today: string;
  readonly playlists: readonly PlaylistCard[];
  readonly freshToday: number;
}
