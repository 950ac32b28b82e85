import type { Alert } from '#shared/contracts/alerts.ts';
import { count } from '#web/lib/words.ts';

/** Alerts shown as one line: a single one, or many of one kind and level. */
export interface AlertGroup {
  readonly key: string;
  readonly level: Alert['level'];
  readonly what: string;
  readonly alerts: readonly [Alert, ...Alert[]];
}

/** From this many on, alerts of one kind and level are grouped. */
const GROUP_MIN = 3;

/** The name of a group, after its count. A kind without an entry is named after its first alert. */
const NAMES: Readonly<Record<string, string>> = {
  'account reauth critical': 'accounts must be re-authorized now',
  'account reauth warning': 'authorizations expire within two weeks',
  'account reauth info': 'authorizations expire within 30 days',
  'account limited': 'accounts are rate limited by Spotify',
  'account unreadable': 'accounts have tokens that can’t be decrypted',
  'playlist unfilled': 'playlists could not be filled',
  'job given-up': 'jobs failed',
  'tick missed': 'scheduled runs were missed',
  'sync waiting': 'days of sync wait for approval',
  'sync lost': 'playlists are missing on Spotify',
  'sync private': 'playlists were made private',
  'sync duplicate': 'playlists are duplicates on their account',
  'sync orphan': 'playlists on Spotify are not in Segue',
};

/** Groups alerts of one kind and level. A group takes the position of its first alert; the order is otherwise unchanged. */
export function groupAlerts(alerts: readonly Alert[]): AlertGroup[] {
  const kinds = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const kind = `${kindOf(alert.key)} ${alert.level}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), alert]);
  }
  return [...kinds.entries()].flatMap(([kind, [first, ...others]]): AlertGroup[] => {
    if (!first) return [];
    const all = [first, ...others] as const;
    if (all.length < GROUP_MIN) return all.map((alert) => ({ key: alert.key, level: alert.level, what: alert.what, alerts: [alert] }));
    const name = NAMES[kind] ?? NAMES[kindOf(first.key)];
    return [
      {
        key: kind,
        level: first.level,
        what: name ? `${count(all.length)} ${name}` : `${first.what}, and ${count(others.length)} more`,
        alerts: all,
      },
    ];
  });
}

/** `account:<id>:reauth` → "account reauth", `sync:lost:<id>` → "sync lost": the kind of an alert, which is its key without the subject. */
function kindOf(key: string): string {
  const [area = '', second = '', ...rest] = key.split(':');
  return area === 'sync' ? `${area} ${second}` : `${area} ${rest.at(-1) ?? second}`;
}
