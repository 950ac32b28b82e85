import type { Trouble } from '#shared/contracts/alerts.ts';
import { count } from '#web/lib/words.ts';

/** Troubles that are told as one: a single one, or many of one kind. */
export interface TroubleGroup {
  readonly key: string;
  readonly level: Trouble['level'];
  readonly what: string;
  readonly troubles: readonly [Trouble, ...Trouble[]];
}

/** So many of one kind are told as one. */
const MANY = 3;

/** How many of a kind are called; a kind that is not here is named after its first. */
const NAMES: Readonly<Record<string, string>> = {
  'account reauth critical': 'accounts must be connected again now',
  'account reauth warning': 'permissions end within two weeks',
  'account reauth info': 'permissions end within thirty days',
  'account limited': 'accounts are held back by Spotify',
  'account unreadable': 'accounts have tokens that cannot be opened',
  'playlist unfilled': 'playlists could not be filled',
  'job given-up': 'jobs were given up',
  'tick missed': 'ticks of the timetable were missed',
  'sync waiting': 'days of sync wait for approval',
  'sync lost': 'playlists are gone from their accounts',
  'sync private': 'playlists were made private',
  'sync duplicate': 'playlists stand twice on an account',
  'sync orphan': 'playlists on accounts belong to nothing here',
};

/** What broke, in the order it came, with many of one kind and level gathered where the first of them stands. */
export function groupTroubles(troubles: readonly Trouble[]): TroubleGroup[] {
  const kinds = new Map<string, Trouble[]>();
  for (const trouble of troubles) {
    const kind = `${kindOf(trouble.key)} ${trouble.level}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), trouble]);
  }
  return [...kinds.entries()].flatMap(([kind, [first, ...others]]): TroubleGroup[] => {
    if (!first) return [];
    const all = [first, ...others] as const;
    if (all.length < MANY) return all.map((trouble) => ({ key: trouble.key, level: trouble.level, what: trouble.what, troubles: [trouble] }));
    const name = NAMES[kind] ?? NAMES[kindOf(first.key)];
    return [
      {
        key: kind,
        level: first.level,
        what: name ? `${count(all.length)} ${name}` : `${first.what}, and ${count(others.length)} more`,
        troubles: all,
      },
    ];
  });
}

/** `account:<id>:reauth` → "account reauth", `sync:lost:<id>` → "sync lost": a key without what it is about. */
function kindOf(key: string): string {
  const [area = '', second = '', ...rest] = key.split(':');
  return area === 'sync' ? `${area} ${second}` : `${area} ${rest.at(-1) ?? second}`;
}
