import type { Deps } from '#server/deps.ts';
import { listAccountBlocks, updateLimitedAccounts } from '#server/repos/accounts/account-limits.ts';
import { listAccountsWithLoad } from '#server/repos/accounts/accounts.ts';
import { listOpenReconnectLinks } from '#server/repos/accounts/reconnect-links.ts';
import { countByKey } from '#server/repos/accounts/encrypted-tokens.ts';
import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import type { Alert } from '#shared/contracts/alerts.ts';
import { dayOf } from '#shared/domain/days.ts';
import { REAUTH_LEVELS, toAccountView } from './account-view.ts';
import { DAY_MS, HOUR_MS } from '#shared/domain/calendar.ts';
import { adviseReconnects } from './view-token-calendar.ts';

/** An account rate limited for longer than this misses its daily sync. */
const LONG_LIMIT_MS = 6 * HOUR_MS;

/** Account alerts: authorizations that expire or have expired, rate-limited accounts, encryption keys that are missing or no longer needed. */
export async function listAccountAlerts(deps: Pick<Deps, 'db' | 'now' | 'sealer'>): Promise<Alert[]> {
  const now = deps.now();
  await updateLimitedAccounts(deps.db, now);
  const accounts = await listAccountsWithLoad(deps.db);
  const [blocks, links] = await Promise.all([listAccountBlocks(deps.db, now), listOpenReconnectLinks(deps.db, now)]);
  const views = accounts.map((account) => toAccountView(account, { now, blocks, links, sealer: deps.sealer }));
  const alerts = views.flatMap((account) => [...authorizationAlert(account, now), ...rateLimitAlert(account, now), ...missingKeyAlert(account)]);
  const today = dayOf(now);
  const advice = adviseReconnects(accounts, today).filter(({ isNow }) => isNow);
  if (advice.length > 0) alerts.push(staggerAlert(advice.map(({ displayName }) => displayName)));
  return [...alerts, ...(await oldKeyAlerts(deps, now))];
}

function authorizationAlert(account: AccountView, now: Date): Alert[] {
  const { id, displayName, status, playlists, reauthStep, reauthBy } = account;
  if (status === 'disabled') return [];
  const key = `account:${id}:reauth`;
  const action = { label: 'Create a reconnect link', href: `/admin/accounts?account=${id}` };
  const linkHint = account.openLinkUntil
    ? ` A reconnect link is valid until ${dayWords(account.openLinkUntil)}.`
    : ' Send its owner a reconnect link.';
  const hostedHint = playlists === 0 ? '' : ` It hosts ${counted(playlists, 'playlist')}.`;
  if (status === 'needs_reauth') {
    const detail = `${account.statusReason ?? 'Its authorization has expired.'}${hostedHint}${linkHint}`;
    return [{ key, level: 'critical', what: `${displayName} must be re-authorized`, detail, action }];
  }
  if (reauthStep === null) return [];
  const days = Math.ceil((Date.parse(reauthBy) - now.getTime()) / DAY_MS);
  const what =
    days <= 0 ? `The authorization of ${displayName} has expired` : `The authorization of ${displayName} expires in ${counted(days, 'day')}`;
  return [{ key, level: REAUTH_LEVELS[reauthStep], what, detail: `It expires on ${dayWords(reauthBy)}.${hostedHint}${linkHint}`, action }];
}

function rateLimitAlert({ id, displayName, status, limitedUntil }: AccountView, now: Date): Alert[] {
  if (status !== 'limited' || limitedUntil === null) return [];
  const isLong = Date.parse(limitedUntil) - now.getTime() > LONG_LIMIT_MS;
  return [
    {
      key: `account:${id}:limited`,
      level: isLong ? 'warning' : 'info',
      what: `${displayName} is rate limited by Spotify`,
      detail: `Paused until ${limitedUntil.slice(11, 16)} UTC on ${dayWords(limitedUntil)}; then Segue continues automatically. Set fewer requests a minute to avoid this.`,
      action: { label: 'Show its requests', href: `/admin/accounts?account=${id}` },
    },
  ];
}

function staggerAlert(names: readonly string[]): Alert {
  return {
    key: 'accounts:crowded',
    level: 'info',
    what: 'Several authorizations expire in the same week',
    detail: `Re-authorize ${names.join(' and ')} today to move ${names.length === 1 ? 'its' : 'their'} expiry away from the others.`,
    action: { label: 'Show the calendar', href: '/admin/accounts' },
  };
}

function missingKeyAlert({ id, displayName, statusReason, missingKey }: AccountView): Alert[] {
  if (missingKey === null) return [];
  const action = { label: 'Open the account', href: `/admin/accounts?account=${id}` };
  return [
    {
      key: `account:${id}:unreadable`,
      level: 'critical',
      what: `The tokens of ${displayName} cannot be decrypted`,
      detail: statusReason ?? '',
      action,
    },
  ];
}

async function oldKeyAlerts(deps: Pick<Deps, 'db' | 'sealer'>, now: Date): Promise<Alert[]> {
  const counts = await countByKey(deps.db, now);
  const left = deps.sealer.keyIds.slice(1).filter((key) => {
    const { tokens = 0, signingKeys = 0 } = counts.get(key) ?? {};
    return tokens + signingKeys > 0;
  });
  if (left.length === 0) return [];
  const detail = `Run npm run keys:rotate. Then the older key (${left.join(', ')}) can be removed from SPOTIFY_TOKEN_KEY.`;
  return [{ key: 'accounts:old_key', level: 'info', what: 'Some tokens are still encrypted with an older key', detail, action: null }];
}

const dayWords = (instant: string) => new Date(instant).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
