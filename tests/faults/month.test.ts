import { SYSTEM } from '#server/actor.ts';
import { consentAs } from '#server/sandbox/consent.ts';
import { beginReconnect } from '#server/use-cases/accounts/begin-reconnect.ts';
import { finishConnect } from '#server/use-cases/accounts/connect-account.ts';
import { submitImport } from '#server/use-cases/catalog/import/submit-import.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { DEFAULT_NETWORK_SETTINGS } from '#shared/contracts/settings.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { accountId } from '#shared/ids.ts';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { connectAs } from '#tests/support/processes/instance.ts';
import { openMonth, scheduledRunsOfDay } from '#tests/support/network/month-app.ts';
import type { MonthApp } from '#tests/support/network/month-app.ts';

const FIRST_DAY = '2031-03-01';
const DAYS = 30;
const LISTS = 6;
const SIZE = 20;
const REPEAT_WINDOW_DAYS = 30;
const ALBUMS = 600;
/** An account was connected six months before the twentieth day: its authorization expires in the middle of the month. */
const CONNECTED_EARLIER = '2030-09-20T09:00:00Z';

/** A failure or a manual action on a day of the month, before the first scheduled run at or after its minute. */
interface MonthEvent {
  readonly day: number;
  readonly minute: number;
  readonly what: string;
  /** Matches the alert that must exist afterwards; every event that needs a person has one. */
  readonly alert?: RegExp;
  readonly run: (app: MonthApp) => Promise<void> | void;
}

/** A scheduled run whose worker is killed at a named fault point. */
interface WorkerKill {
  readonly day: number;
  readonly task: string;
  readonly point: string;
}

const WORKER_KILLS: readonly WorkerKill[] = [
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
  'a month with account loss, expired tokens, a daily quota, crashes and edits on Spotify: no repeats, no duplicates, up to date whenever possible',
  { timeout: 600_000 },
  async () => {
    await using app = await openMonth({ at: CONNECTED_EARLIER, albums: ALBUMS, seed: 5 });
    await setUpNetwork(app);
    const stale: string[] = [];
    for (let n = 1; n <= DAYS; n += 1) {
      const day = addDays(FIRST_DAY, n - 1);
      await runDay(app, n, day);
      stale.push(...(await listStale(app, day)).map((index) => `day ${n}, list ${index}`));
      expect(await countRepeats(app), `repeats on day ${n}`).toBe(0);
      expect(duplicates(app), `duplicates on day ${n}`).toEqual([]);
    }
    expect(stale).toEqual(Array.from({ length: LISTS }, (_, i) => `day 23, list ${i + 1}`));
    const alerts = await app.admin.operations.alertHistory();
    for (const { what, alert: pattern } of MONTH_EVENTS) {
      if (pattern === undefined) continue;
      const alert = alerts.find((one) => pattern.test(`${one.what} ${one.detail}`));
      expect(alert, `alert for: ${what}`).toMatchObject({ action: { href: expect.stringMatching(/^\//) } });
    }
  },
);

async function setUpNetwork(app: MonthApp): Promise<void> {
  await connectAs(app.deps, 'segue-east');
  app.clock.set(`${FIRST_DAY}T00:00:00Z`);
  for (const person of ['segue-north', 'segue-south']) await connectAs(app.deps, person);
  const scaling = {
    ...DEFAULT_NETWORK_SETTINGS.scaling,
    automatic: true,
    blastRadius: 1,
    replicationFactor: 2,
    lostAfterDays: 2,
    maxTotalPlaylists: LISTS,
    floorTotalPlaylists: LISTS,
  };
  await app.admin.playlistAdmin.scaling.saveSettings({ ...DEFAULT_NETWORK_SETTINGS, scaling });
  const body = {
    version: 1,
    pool: { all: [] },
    caps: { perArtist: 2, perAlbum: 1 },
    rest: { days: REPEAT_WINDOW_DAYS, scope: 'network' },
    size: SIZE,
  };
  const { id } = await createPolicy({ ...app.deps, provePolicy }, SYSTEM, { name: 'Everything', body });
  await createPlaylists(app.deps, SYSTEM, { themeTag: 'Month', policyId: id, count: LISTS });
  const links = Array.from({ length: ALBUMS }, (_, n) => `https://open.spotify.com/album/${app.sandbox.catalog.albumIdAt(n)}`);
  await submitImport(app.deps, SYSTEM, { text: links.join('\n') });
}

async function runDay(app: MonthApp, n: number, day: string): Promise<void> {
  let from = 0;
  for (const { task, minute } of scheduledRunsOfDay()) {
    for (const one of MONTH_EVENTS.filter((event) => event.day === n && event.minute >= from && event.minute <= minute)) {
      if (!DAYS_OFF.has(n)) await app.passUntil(instantOf(day, one.minute));
      await one.run(app);
    }
    from = minute + 1;
    if (DAYS_OFF.has(n)) continue;
    const workerKill = WORKER_KILLS.find((one) => one.day === n && one.task === task);
    if (n === CRASH_DAY && task === 'curate-playlists') await app.runAndCrash(task, instantOf(day, minute));
    else if (workerKill) await app.runAndKill(task, instantOf(day, minute), workerKill.point);
    else await app.runScheduled(task, instantOf(day, minute));
  }
  if (!DAYS_OFF.has(n)) await app.passUntil(instantOf(day, at(23, 59)));
}

/** Days without a running app: no worker, no scheduled run. */
const DAYS_OFF: ReadonlySet<number> = new Set([23]);

const MONTH_EVENTS: readonly MonthEvent[] = [
  {
    day: 4,
    minute: at(12),
    what: 'a person adds a track, removes one and reverses the order',
    run: (app) => editOnSpotify(app, 1, changeTracks),
  },
  {
    day: 6,
    minute: at(12),
    what: 'a person renames a playlist',
    run: (app) => editOnSpotify(app, 2, () => ({ name: 'My own title' })),
  },
  {
    day: 9,
    minute: at(12),
    what: 'a person makes a playlist private',
    alert: /private/i,
    run: (app) => editOnSpotify(app, 3, () => ({ public: false })),
  },
  {
    day: 10,
    minute: at(3, 50),
    what: 'the playlist quota is exhausted for most of a day',
    alert: /quota|limit/i,
    run: (app) => app.spotify.setQuota('playlists', 3),
  },
  { day: 11, minute: at(12), what: 'the person makes it public again', run: (app) => editOnSpotify(app, 3, () => ({ public: true })) },
  { day: 12, minute: at(9), what: 'an owner revokes the app', alert: /Segue South/, run: (app) => app.spotify.revoke('segue-south') },
  { day: 14, minute: at(9), what: 'the owner opens the reconnect link', run: (app) => reconnect(app, 'segue-south') },
  {
    day: 16,
    minute: at(12),
    what: 'an account is deleted on Spotify',
    alert: /Segue North/,
    run: (app) => app.spotify.deletePerson('segue-north'),
  },
  { day: 19, minute: at(1), what: 'another account is connected', run: (app) => connectAs(app.deps, 'mara') },
  {
    day: 21,
    minute: at(9),
    what: 'the owner of an account with an expired authorization re-authorizes',
    alert: /Segue East/,
    run: (app) => reconnect(app, 'segue-east'),
  },
  {
    day: 24,
    minute: at(3, 50),
    what: 'Spotify answers with errors only',
    alert: /Spotify/,
    run: (app) => app.spotify.failNext({ service: 'api', status: 503, times: 60 }),
  },
  { day: 26, minute: at(12), what: 'a person deletes a playlist', alert: /#005|gone|no longer/i, run: deleteOnSpotify },
  { day: 27, minute: at(12), what: 'the operator has it created again', run: (app) => createAgain(app, 5) },
];

type Edit = Parameters<MonthApp['spotify']['editPlaylist']>[1];

async function spotifyIdOf(app: MonthApp, index: number): Promise<string> {
  const result = await app.deps.db.execute<{ id: string }>(sql`
    select m.spotify_playlist_id as id from playlist_account_map m join playlists p on p.id = m.playlist_id
    where p.global_index = ${index} and m.status = 'live' order by m.account_id limit 1`);
  return result.rows[0]?.id ?? '';
}

async function editOnSpotify(app: MonthApp, index: number, edit: (uris: readonly (string | null)[], app: MonthApp) => Edit): Promise<void> {
  const id = await spotifyIdOf(app, index);
  app.spotify.editPlaylist(id, edit(app.spotify.playlist(id)?.uris ?? [], app));
}

/** Replaces the first track by one from the catalog and reverses the rest. */
function changeTracks(uris: readonly (string | null)[], app: MonthApp): Edit {
  const album = app.sandbox.catalog.album(app.sandbox.catalog.albumIdAt(ALBUMS - 1) ?? '');
  return { uris: [`spotify:track:${album?.tracks[0]?.id}`, ...uris.slice(1).toReversed()] };
}

async function deleteOnSpotify(app: MonthApp): Promise<void> {
  app.spotify.deletePlaylist(await spotifyIdOf(app, 5));
}

async function createAgain(app: MonthApp, index: number): Promise<void> {
  await app.admin.playlistAdmin.sync.plan({ playlistIndex: index });
  const waiting = (await app.admin.playlistAdmin.sync.plans({})).filter((plan) => plan.playlistIndex === index && plan.status === 'planned');
  for (const plan of waiting) await app.admin.playlistAdmin.sync.applyOne({ planId: plan.id, hash: plan.hash });
}

/** Re-authorizes an account by the operator's link and Spotify's consent. */
async function reconnect(app: MonthApp, person: string): Promise<void> {
  const displayName = app.spotify.people().find((one) => one.id === person)?.displayName;
  const account = (await app.admin.playlistAdmin.accounts.list()).find((one) => one.displayName === displayName);
  if (!account) throw new Error(`There is no account for ${person}.`);
  const link = await app.admin.playlistAdmin.accounts.createReconnectLink({ accountId: accountId.parse(account.id) });
  const token = new URL(link.url).hash.slice(1);
  const begun = await beginReconnect(app.deps, { token, browserSecret: undefined });
  const consent = await consentAs(begun.authorizeUrl, person);
  const connected = await finishConnect(app.deps, SYSTEM, { ...consent, browserSecret: begun.browserSecret });
  if (connected.kind === 'refused') throw new Error(`${person} could not be reconnected.`, { cause: connected });
}

/** Numbers of active playlists without an up-to-date live replica. */
async function listStale(app: MonthApp, day: string): Promise<number[]> {
  const result = await app.deps.db.execute<{ index: number }>(sql`
    select p.global_index as "index" from playlists p where p.status = 'active' and not exists (
      select 1 from playlist_account_map m where m.playlist_id = p.id and m.status = 'live' and m.synced_day = ${day}::date) order by 1`);
  return result.rows.map((row) => row.index);
}

/** Number of repeats within the repeat window, directly from the history. A track that stays from one snapshot to the playlist's next is no repeat. */
async function countRepeats(app: MonthApp): Promise<number> {
  const result = await app.deps.db.execute<{ n: number }>(sql`
    select count(*)::int as n from (
      select h.playlist_id, lag(h.playlist_id) over w as before, h.batch_tag - lag(h.batch_tag) over w as gap, s.list - lag(s.list) over w as lists
      from playlist_entries_history h
      join (select playlist_id, batch_tag, row_number() over (partition by playlist_id order by batch_tag) as list
        from snapshots where status = 'published') s using (playlist_id, batch_tag)
      window w as (partition by h.recording_id order by h.batch_tag)) g
    where gap < ${REPEAT_WINDOW_DAYS} and not (playlist_id = before and lists = 1)`);
  return result.rows[0]?.n ?? -1;
}

/** Markers that appear on more than one playlist on Spotify. */
function duplicates(app: MonthApp): string[] {
  const markers = app.spotify.playlists().flatMap(({ ownerId, description, isListed }) => {
    const marker = /segue:[0-9a-f]{12}/.exec(description)?.[0];
    return marker === undefined || !isListed ? [] : [`${ownerId} ${marker}`];
  });
  return markers.filter((marker, nth) => markers.indexOf(marker) !== nth);
}
