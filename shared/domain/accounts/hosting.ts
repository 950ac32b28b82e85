import type { AccountStatus } from '#shared/vocabulary.ts';

/** The settings of the network that the rules depend on. */
interface Settings {
  readonly expiringWithinDays: number;
  readonly lostAfterDays: number;
}

/** An account with everything that decides which playlists it may host. */
export interface HostingAccount {
  readonly id: string;
  readonly displayName: string;
  readonly status: AccountStatus;
  readonly maxPlaylists: number;
  /** Whole days until its authorization expires; negative when it has expired. */
  readonly daysLeft: number;
  /** Whole days since its status changed; null when unknown. */
  readonly statusDays: number | null;
  readonly isDisconnected: boolean;
}

/** Why an account accepts no new replicas, as a phrase; undefined when it does. */
export function whyNoNewReplicas(account: HostingAccount, settings: Settings): string | undefined {
  if (account.isDisconnected) return 'disconnected';
  if (account.status === 'disabled') return 'disabled';
  if (account.status === 'needs_reauth' || account.daysLeft < 0) return 'needs re-authorization';
  if (account.status === 'limited') return 'rate limited by Spotify';
  if (account.daysLeft <= settings.expiringWithinDays)
    return `its authorization expires in ${account.daysLeft} ${account.daysLeft === 1 ? 'day' : 'days'}`;
  return undefined;
}

/** Whether an account has been unusable for so long that its replicas move to others. */
export function isLost(account: HostingAccount, settings: Settings): boolean {
  if (account.isDisconnected) return true;
  const isOut = account.status === 'disabled' || account.status === 'needs_reauth';
  return isOut && (account.statusDays ?? 0) >= settings.lostAfterDays;
}

/** Whether playlists on the account can be updated today. */
export function isUsable({ isDisconnected, status, daysLeft }: HostingAccount): boolean {
  return !isDisconnected && daysLeft >= 0 && (status === 'active' || status === 'limited');
}
