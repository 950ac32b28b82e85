import { SYSTEM } from '#server/actor.ts';
import { consentAs } from '#server/sandbox/consent.ts';
import { beginReconnect } from '#server/use-cases/accounts/begin-reconnect.ts';
import { finishConnect } from '#server/use-cases/accounts/connect-account.ts';
import { submitIntake } from '#server/use-cases/catalog/import/submit-import.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { DEFAULT_NETWORK_SETTINGS } from '#shared/contracts/settings.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { accountId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { connectAs } from '#tests/support/processes/house.ts';
import { openMonth, ticksOfDay } from '#tests/support/network/month-house.ts';
import type { MonthHouse } from '#tests/support/network/month-house.ts';

const FIRST_DAY = '2031-03-01';
const DAYS = 30;
const LISTS = 6;
const SIZE = 20;
const REST = 30;
const ALBUMS = 600;
/** Six months before the twentieth day, an account was connected: its authorisation ends in the middle of the month. */
const CONNECTED_EARLIER = '2030-09-20T09:00:00Z';

/** Something that goes wrong, or is done by hand, on a day of the month; before the first tick at or after its minute. */
interface Happening {
  readonly day: number;
  readonly minute: number;
  readonly what: string;
  /** What the incidents must say afterwards; every one that needs a person does. */
  readonly told?: RegExp;
  readonly happen: (house: MonthHouse) => Promise<void> | void;
}

/** A tick whose worker dies at a named point. */
interface Death {
  readonly day: number;
  readonly task: string;
  readonly point: string;
}

const DEATHS: readonly Death[] = [
  { day: 1, task: 'curate-playlists', point: 'sync.after_create_post:2' },
  { day: 5, task: 'curate-playlists', point: 'sync.after_replace:1' },
  { day: 13, task: 'curate-playlists', point: 'sync.before_receipt:3' },
  { day: 17, task: 'refresh-tokens', point: 'refresh.after_exchange:1' },
  { day: 25, task: 'curate-playlists', point: 'sync.after_intent:2' },
];

/** PostgreSQL crashes while this day's lists are written. */
const CRASH_DAY = 8;

const at = (hour: number, minute = 0) => hour * 60 + minute;
const instantOf = (day: string, minute: number) => new Date(Date.parse(`${day}T00:00:00Z`) + minute * 60_000);

test(
  'a month with account loss, dead tokens, a day-long quota, crashes and hand edits: no repeat, no duplicate, fresh whenever it was possible',
  { timeout: 600_000 },
  async () => {
    await using house = await openMonth({ at: CONNECTED_EARLIER, albums: ALBUMS, seed: 5 });
    await settleIn(house);
    const stale: string[] = [];
    for (let n = 1; n <= DAYS; n += 1) {
      const day = addDays(FIRST_DAY, n - 1);
      await liveThrough(house, n, day);
      stale.push(...(await listStale(house, day)).map((index) => `day ${n}, list ${index}`));
      expect(await countRepeats(house), `repeats on day ${n}`).toBe(0);
      expect(duplicates(house), `duplicates on day ${n}`).toEqual([]);
    }
    expect(stale).toEqual(Array.from({ length: LISTS }, (_, i) => `day 23, list ${i + 1}`));
    const told = await house.admin.admin.incidents();
    for (const { what, told: words } of HAPPENINGS) {
      if (words === undefined) continue;
      const incident = told.find((one) => words.test(`${one.what} ${one.detail}`));
      expect(incident, `what was told of: ${what}`).toMatchObject({ action: { href: expect.stringMatching(/^\//) } });
    }
  },
);

async function settleIn(house: MonthHouse): Promise<void> {
  await connectAs(house.deps, 'segue-east');
  house.clock.set(`${FIRST_DAY}T00:00:00Z`);
  for (const person of ['segue-north', 'segue-south']) await connectAs(house.deps, person);
  const scaling = {
    ...DEFAULT_NETWORK_SETTINGS.scaling,
    automatic: true,
    blastRadius: 1,
    replicationFactor: 2,
    lostAfterDays: 2,
    maxTotalPlaylists: LISTS,
    floorTotalPlaylists: LISTS,
  };
  await house.admin.scaling.saveSettings({ ...DEFAULT_NETWORK_SETTINGS, scaling });
  const body = { version: 1, pool: { all: [] }, caps: { perArtist: 2, perAlbum: 1 }, rest: { days: REST, scope: 'network' }, size: SIZE };
  const { id } = await createPolicy(house.deps, SYSTEM, { name: 'Everything', body });
  await createPlaylists(house.deps, SYSTEM, { themeTag: 'Month', policyId: id, count: LISTS });
  const links = Array.from({ length: ALBUMS }, (_, n) => `https://open.spotify.com/album/${house.sandbox.catalogue.albumIdAt(n)}`);
  await submitIntake(house.deps, SYSTEM, { text: links.join('\n') });
}

async function liveThrough(house: MonthHouse, n: number, day: string): Promise<void> {
  let from = 0;
  for (const { task, minute } of ticksOfDay()) {
    for (const one of HAPPENINGS.filter((happening) => happening.day === n && happening.minute >= from && happening.minute <= minute)) {
      if (!HOUSE_IS_OFF.has(n)) await house.passUntil(instantOf(day, one.minute));
      await one.happen(house);
    }
    from = minute + 1;
    if (HOUSE_IS_OFF.has(n)) continue;
    const death = DEATHS.find((one) => one.day === n && one.task === task);
    if (n === CRASH_DAY && task === 'curate-playlists') await house.tickAndCrash(task, instantOf(day, minute));
    else if (death) await house.tickAndKill(task, instantOf(day, minute), death.point);
    else await house.tick(task, instantOf(day, minute));
  }
  if (!HOUSE_IS_OFF.has(n)) await house.passUntil(instantOf(day, at(23, 59)));
}

/** Days on which nobody was at home: no worker, no tick. */
const HOUSE_IS_OFF: ReadonlySet<number> = new Set([23]);

const HAPPENINGS: readonly Happening[] = [
  {
    day: 4,
    minute: at(12),
    what: 'a hand adds a track, takes one out and turns the order round',
    happen: (house) => editByHand(house, 1, reshuffle),
  },
  {
    day: 6,
    minute: at(12),
    what: 'a hand gives a playlist another title',
    happen: (house) => editByHand(house, 2, () => ({ name: 'My own title' })),
  },
  {
    day: 9,
    minute: at(12),
    what: 'a hand makes a playlist private',
    told: /private/i,
    happen: (house) => editByHand(house, 3, () => ({ public: false })),
  },
  {
    day: 10,
    minute: at(3, 50),
    what: 'Spotify shuts the playlists for most of a day',
    told: /quota|limit/i,
    happen: (house) => house.spotify.setQuota('playlists', 3),
  },
  { day: 11, minute: at(12), what: 'the hand makes it public again', happen: (house) => editByHand(house, 3, () => ({ public: true })) },
  { day: 12, minute: at(9), what: 'an owner takes the app away', told: /Segue South/, happen: (house) => house.spotify.revoke('segue-south') },
  { day: 14, minute: at(9), what: 'the owner opens the reconnect link', happen: (house) => reconnect(house, 'segue-south') },
  {
    day: 16,
    minute: at(12),
    what: 'an account is deleted at Spotify',
    told: /Segue North/,
    happen: (house) => house.spotify.deletePerson('segue-north'),
  },
  { day: 19, minute: at(1), what: 'another account joins', happen: (house) => connectAs(house.deps, 'mara') },
  {
    day: 21,
    minute: at(9),
    what: 'the owner of an account whose six months are over agrees again',
    told: /Segue East/,
    happen: (house) => reconnect(house, 'segue-east'),
  },
  {
    day: 24,
    minute: at(3, 50),
    what: 'Spotify answers with errors only',
    told: /Spotify/,
    happen: (house) => house.spotify.failNext({ service: 'api', status: 503, times: 60 }),
  },
  { day: 26, minute: at(12), what: 'a hand deletes a playlist', told: /#005|gone|no longer/i, happen: deleteByHand },
  { day: 27, minute: at(12), what: 'the operator has it made anew', happen: (house) => makeAnew(house, 5) },
];

type Edit = Parameters<MonthHouse['spotify']['editPlaylist']>[1];

async function copyOf(house: MonthHouse, index: number): Promise<string> {
  const found = await house.deps.db.execute<{ id: string }>(sql`
    select m.spotify_playlist_id as id from playlist_account_map m join playlists p on p.id = m.playlist_id
    where p.global_index = ${index} and m.status = 'live' order by m.account_id limit 1`);
  return found.rows[0]?.id ?? '';
}

async function editByHand(house: MonthHouse, index: number, edit: (uris: readonly (string | null)[], house: MonthHouse) => Edit): Promise<void> {
  const id = await copyOf(house, index);
  house.spotify.editPlaylist(id, edit(house.spotify.playlist(id)?.uris ?? [], house));
}

/** The first track goes, one that the catalogue knows comes, the rest is turned round. */
function reshuffle(uris: readonly (string | null)[], house: MonthHouse): Edit {
  const album = house.sandbox.catalogue.album(house.sandbox.catalogue.albumIdAt(ALBUMS - 1) ?? '');
  return { uris: [`spotify:track:${album?.tracks[0]?.id}`, ...uris.slice(1).toReversed()] };
}

async function deleteByHand(house: MonthHouse): Promise<void> {
  house.spotify.deletePlaylist(await copyOf(house, 5));
}

async function makeAnew(house: MonthHouse, index: number): Promise<void> {
  await house.admin.sync.plan({ playlistIndex: index });
  const waiting = (await house.admin.sync.plans({})).filter((plan) => plan.playlistIndex === index && plan.status === 'planned');
  for (const plan of waiting) await house.admin.sync.applyOne({ planId: plan.id, hash: plan.hash });
}

/** The owner's way back: the operator's link, one button, Spotify's consent. */
async function reconnect(house: MonthHouse, person: string): Promise<void> {
  const displayName = house.spotify.people().find((one) => one.id === person)?.displayName;
  const account = (await house.admin.accounts.list()).find((one) => one.displayName === displayName);
  if (!account) throw new Error(`There is no account of ${person}.`);
  const link = await house.admin.accounts.createReconnectLink({ accountId: accountId.parse(account.id) });
  const token = new URL(link.url).hash.slice(1);
  const begun = await beginReconnect(house.deps, { token, browserSecret: undefined });
  const consent = await consentAs(begun.authorizeUrl, person);
  const connected = await finishConnect(house.deps, SYSTEM, { ...consent, browserSecret: begun.browserSecret });
  if (connected.kind === 'refused') throw new Error(`${person} could not be reconnected.`, { cause: connected });
}

/** Active playlists by number that no usable account shows today's list of. */
async function listStale(house: MonthHouse, day: string): Promise<number[]> {
  const found = await house.deps.db.execute<{ index: number }>(sql`
    select p.global_index as "index" from playlists p where p.status = 'active' and not exists (
      select 1 from playlist_account_map m where m.playlist_id = p.id and m.status = 'live' and m.synced_day = ${day}::date) order by 1`);
  return found.rows.map((row) => row.index);
}

/** Returns within the rest, straight from the history; staying on from one list to the playlist's next one is no return. */
async function countRepeats(house: MonthHouse): Promise<number> {
  const found = await house.deps.db.execute<{ n: number }>(sql`
    select count(*)::int as n from (
      select h.playlist_id, lag(h.playlist_id) over w as before, h.batch_tag - lag(h.batch_tag) over w as gap, s.list - lag(s.list) over w as lists
      from playlist_entries_history h
      join (select playlist_id, batch_tag, row_number() over (partition by playlist_id order by batch_tag) as list
        from snapshots where status = 'published') s using (playlist_id, batch_tag)
      window w as (partition by h.recording_id order by h.batch_tag)) g
    where gap < ${REST} and not (playlist_id = before and lists = 1)`);
  return found.rows[0]?.n ?? -1;
}

/** Markers that more than one playlist on Spotify carries. */
function duplicates(house: MonthHouse): string[] {
  const markers = house.spotify.playlists().flatMap(({ ownerId, description, isListed }) => {
    const marker = /segue:[0-9a-f]{12}/.exec(description)?.[0];
    return marker === undefined || !isListed ? [] : [`${ownerId} ${marker}`];
  });
  return markers.filter((marker, nth) => markers.indexOf(marker) !== nth);
}
