import type { Deps } from '#server/deps.ts';
import { listAccountBlocks, settleLimitedAccounts } from '#server/repos/accounts/account-limits.ts';
import { listAccountsWithLoad } from '#server/repos/accounts/accounts.ts';
import { listOpenReconnectLinks } from '#server/repos/accounts/reconnect-links.ts';
import { countByKey } from '#server/repos/accounts/sealed-tokens.ts';
import type { AccountView } from '#shared/contracts/accounts/accounts.ts';
import type { Trouble } from '#shared/contracts/alerts.ts';
import { dayOf } from '#shared/domain/days.ts';
import { REAUTH_LEVELS, toAccountView } from './account-view.ts';
import { adviseOn } from './view-token-calendar.ts';

/** Held back for longer than this, an account misses its day. */
const LONG_LIMIT_MS = 6 * 3_600_000;

/** What of the accounts needs a person: permissions that end or have ended, accounts held back, keys that are missing or left over. */
export async function listAccountTroubles(deps: Pick<Deps, 'db' | 'now' | 'sealer'>): Promise<Trouble[]> {
  const now = deps.now();
  await settleLimitedAccounts(deps.db, now);
  const accounts = await listAccountsWithLoad(deps.db);
  const [blocks, links] = await Promise.all([listAccountBlocks(deps.db, now), listOpenReconnectLinks(deps.db, now)]);
  const views = accounts.map((account) => toAccountView(account, { now, blocks, links, sealer: deps.sealer }));
  const troubles = views.flatMap((account) => [...permissionTrouble(account, now), ...limitTrouble(account, now), ...keyTrouble(account)]);
  const today = dayOf(now);
  const advice = adviseOn(accounts, today).filter(({ isNow }) => isNow);
  if (advice.length > 0) troubles.push(crowdTrouble(advice.map(({ displayName }) => displayName)));
  return [...troubles, ...(await oldKeyTroubles(deps, now))];
}

function permissionTrouble(account: AccountView, now: Date): Trouble[] {
  const { id, displayName, status, playlists, reauthStep, reauthBy } = account;
  if (status === 'disabled') return [];
  const key = `account:${id}:reauth`;
  const action = { label: 'Send a reconnect link', href: `/admin/accounts?account=${id}` };
  const sent = account.openLinkUntil ? ` A reconnect link is open until ${dayWords(account.openLinkUntil)}.` : ' Send its owner a reconnect link.';
  const depend = playlists === 0 ? '' : ` ${counted(playlists, 'playlist')} ${playlists === 1 ? 'depends' : 'depend'} on it.`;
  if (status === 'needs_reauth') {
    const detail = `${account.statusReason ?? 'Its permission has ended.'}${depend}${sent}`;
    return [{ key, level: 'critical', what: `${displayName} must be connected again`, detail, action }];
  }
  if (reauthStep === null) return [];
  const days = Math.ceil((Date.parse(reauthBy) - now.getTime()) / 86_400_000);
  const what = days <= 0 ? `The permission of ${displayName} is over` : `The permission of ${displayName} ends in ${counted(days, 'day')}`;
  return [{ key, level: REAUTH_LEVELS[reauthStep], what, detail: `It ends on ${dayWords(reauthBy)}.${depend}${sent}`, action }];
}

function limitTrouble({ id, displayName, status, limitedUntil }: AccountView, now: Date): Trouble[] {
  if (status !== 'limited' || limitedUntil === null) return [];
  const isLong = Date.parse(limitedUntil) - now.getTime() > LONG_LIMIT_MS;
  return [
    {
      key: `account:${id}:limited`,
      level: isLong ? 'warning' : 'info',
      what: `Spotify holds ${displayName} back`,
      detail: `Until ${limitedUntil.slice(11, 16)} UTC on ${dayWords(limitedUntil)}; then it goes on by itself. Fewer requests a minute keep it from happening again.`,
      action: { label: 'See its requests', href: `/admin/accounts?account=${id}` },
    },
  ];
}

function crowdTrouble(names: readonly string[]): Trouble {
  return {
    key: 'accounts:crowded',
    level: 'info',
    what: 'Several permissions end in the same week',
    detail: `Reconnecting ${names.join(' and ')} today moves ${names.length === 1 ? 'its' : 'their'} end away from the others.`,
    action: { label: 'See the calendar', href: '/admin/accounts' },
  };
}

function keyTrouble({ id, displayName, statusReason, missingKey }: AccountView): Trouble[] {
  if (missingKey === null) return [];
  const action = { label: 'Open the account', href: `/admin/accounts?account=${id}` };
  return [
    { key: `account:${id}:unreadable`, level: 'critical', what: `The tokens of ${displayName} cannot be opened`, detail: statusReason ?? '', action },
  ];
}

async function oldKeyTroubles(deps: Pick<Deps, 'db' | 'sealer'>, now: Date): Promise<Trouble[]> {
  const counts = await countByKey(deps.db, now);
  const left = deps.sealer.keyIds.slice(1).filter((key) => (counts.get(key)?.tokens ?? 0) > 0);
  if (left.length === 0) return [];
  const detail = `Run npm run keys:rotate; afterwards the older key (${left.join(', ')}) can be taken out of SPOTIFY_TOKEN_KEY.`;
  return [{ key: 'accounts:old_key', level: 'info', what: 'Some tokens are still sealed with an older key', detail, action: null }];
}

const dayWords = (instant: string) => new Date(instant).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
