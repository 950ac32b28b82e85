import { startSpotifySandbox } from '#server/sandbox/spotify/server.ts';
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ALL_SCOPES, caller, startSignedInSandbox, signIn } from '../fixtures/sandbox-caller.ts';

const FORBIDDEN = { error: { status: 403, message: 'Forbidden' } };

describe('in dev-2026', () => {
  test.each([
    '/albums?ids=IDS',
    '/tracks?ids=IDS',
    '/artists?ids=IDS',
    '/artists/IDS/top-tracks',
    '/users/jonas',
    '/users/jonas/playlists',
    '/markets',
    '/browse/new-releases',
    '/browse/categories',
    '/episodes?ids=IDS',
    '/me/tracks/contains?ids=IDS',
    '/me/following/contains?ids=IDS',
  ])('%s is forbidden', async (path) => {
    await using app = await startSignedInSandbox();
    const reply = await app.call('GET', path.replace('IDS', app.album(0).id));
    expect([reply.status, reply.json]).toEqual([403, FORBIDDEN]);
  });

  test.each([
    ['POST', '/users/mara/playlists'],
    ['GET', '/playlists/PL/tracks'],
    ['POST', '/playlists/PL/tracks'],
    ['PUT', '/playlists/PL/tracks'],
    ['DELETE', '/playlists/PL/tracks'],
    ['PUT', '/playlists/PL/followers'],
    ['PUT', '/me/tracks'],
  ])('%s %s is forbidden', async (method, path) => {
    await using app = await startSignedInSandbox();
    const { id } = (await app.call('POST', '/me/playlists', { name: 'x' })).json;
    const reply = await app.call(method, path.replace('PL', id), method === 'GET' ? undefined : { name: 'x', uris: app.uris(1) });
    expect([reply.status, reply.json]).toEqual([403, FORBIDDEN]);
  });

  test('audio features are refused without a message, recommendations and related artists are not found', async () => {
    for (const profile of ['dev-2026', 'dev-legacy'] as const) {
      await using app = await startSignedInSandbox({ profile });
      const { id } = app.album(0).tracks[0]!;
      expect((await app.call('GET', `/audio-features/${id}`)).json).toEqual({ error: { status: 403 } });
      expect((await app.call('GET', `/audio-features?ids=${id}`)).status).toBe(403);
      expect((await app.call('GET', '/recommendations?seed_genres=pop')).status).toBe(404);
      expect((await app.call('GET', `/artists/${app.album(0).artists[0]!.id}/related-artists`)).json).toEqual({
        error: { status: 404, message: 'Not Found' },
      });
    }
  });

  test('lists are short: at most ten search results and ten albums of an artist, five by default', async () => {
    await using app = await startSignedInSandbox();
    const { call } = app;
    expect((await call('GET', '/search?q=the&type=track')).json.tracks.limit).toBe(5);
    expect((await call('GET', '/search?q=the&type=track&limit=11')).json).toEqual({ error: { status: 400, message: 'Invalid limit' } });
    expect((await call('GET', `/artists/${app.album(0).artists[0]!.id}/albums?limit=11`)).status).toBe(400);
    expect((await call('GET', '/search/?q=the&type=track')).status).toBe(200);
    expect((await call('GET', '/search?q=&type=track')).status).toBe(400);
    expect((await call('GET', '/search?q=x&type=song')).status).toBe(400);
  });

  test('the fields removed in February 2026 are absent, the ISRC is not', async () => {
    await using app = await startSignedInSandbox();
    const { call, album } = app;
    const full = (await call('GET', `/albums/${album(0).id}`)).json;
    for (const removed of ['label', 'popularity', 'available_markets', 'album_group']) expect(full).not.toHaveProperty(removed);
    expect(full.external_ids.upc).toMatch(/^\d{12,13}$/);
    const track = (await call('GET', `/tracks/${album(0).tracks[0]!.id}`)).json;
    for (const removed of ['popularity', 'available_markets', 'preview_url', 'linked_from']) expect(track).not.toHaveProperty(removed);
    expect(track.external_ids.isrc).toBe(album(0).tracks[0]!.isrc);
    const me = (await call('GET', '/me')).json;
    for (const removed of ['email', 'country', 'product', 'followers', 'explicit_content']) expect(me).not.toHaveProperty(removed);
    expect(me.account_id).toBeTypeOf('string');
    const artist = (await call('GET', `/artists/${album(0).artists[0]!.id}`)).json;
    for (const removed of ['popularity', 'followers']) expect(artist).not.toHaveProperty(removed);
  });

  test('another person’s playlist shows its details but not its items', async () => {
    await using app = await startSignedInSandbox();
    const { id } = (await app.call('POST', '/me/playlists', { name: 'Mine' })).json;
    await app.call('POST', `/playlists/${id}/items`, { uris: app.uris(3) });
    const other = caller(app.sandbox, (await signIn(app.sandbox, { person: 'jonas' })).access_token);
    const details = await other('GET', `/playlists/${id}`);
    expect(details.json).toMatchObject({ name: 'Mine', owner: { id: 'mara' } });
    expect(details.json).not.toHaveProperty('items');
    expect((await other('GET', `/playlists/${id}/items`)).status).toBe(403);
    expect((await other('POST', `/playlists/${id}/items`, { uris: app.uris(1) })).status).toBe(403);
    await using legacy = await startSignedInSandbox({ profile: 'dev-legacy' });
    const list = (await legacy.call('POST', '/me/playlists', { name: 'Open' })).json.id;
    expect(
      (await caller(legacy.sandbox, (await signIn(legacy.sandbox, { person: 'jonas' })).access_token)('GET', `/playlists/${list}/items`)).status,
    ).toBe(200);
  });
});

describe('albums', () => {
  test('of more than fifty tracks continue on the pages of tracks.next', async () => {
    await using app = await startSignedInSandbox({ catalog: { albums: 1000, seed: 7 } });
    const big = Array.from({ length: 1000 }, (_, i) => app.album(i)).find(({ tracks }) => tracks.length > 100)!;
    const first = (await app.call('GET', `/albums/${big.id}`)).json;
    expect([first.total_tracks, first.tracks.total, first.tracks.items.length]).toEqual([big.tracks.length, big.tracks.length, 50]);
    const ids = first.tracks.items.map((track: { id: string }) => track.id);
    for (let next = first.tracks.next; next !== null;) {
      const page = (await app.call('GET', next.slice(app.sandbox.apiUrl.length))).json;
      ids.push(...page.items.map((track: { id: string }) => track.id));
      next = page.next;
    }
    expect(ids).toEqual(big.tracks.map(({ id }) => id));
  });

  test('can be removed, blocked in the region, or empty', async () => {
    await using app = await startSignedInSandbox();
    const { control, call, album } = app;
    control.setAlbum(album(0).id, 'gone');
    control.setAlbum(album(1).id, 'region_blocked');
    control.setAlbum(album(2).id, 'empty');
    expect((await call('GET', `/albums/${album(0).id}`)).json).toEqual({ error: { status: 404, message: 'Resource not found' } });
    expect((await call('GET', `/tracks/${album(0).tracks[0]!.id}`)).status).toBe(404);
    const blocked = (await call('GET', `/albums/${album(1).id}`)).json;
    expect([blocked.restrictions, blocked.tracks.items[0].is_playable]).toEqual([{ reason: 'market' }, false]);
    const empty = (await call('GET', `/albums/${album(2).id}`)).json;
    expect([empty.total_tracks, empty.tracks.items]).toEqual([0, []]);
    control.setAlbum(album(0).id, undefined);
    expect((await call('GET', `/albums/${album(0).id}`)).status).toBe(200);

    await using extended = await startSignedInSandbox({ profile: 'extended' });
    extended.control.setAlbum(album(0).id, 'gone');
    extended.control.setAlbum(album(1).id, 'region_blocked');
    const { albums } = (await extended.call('GET', `/albums?ids=${album(0).id},${album(1).id}`)).json;
    expect([albums[0], albums[1].available_markets]).toEqual([null, []]);
  });

  test('refuse an invalid id, and too many ids', async () => {
    await using app = await startSignedInSandbox({ profile: 'extended' });
    expect((await app.call('GET', '/albums/nope')).json).toEqual({ error: { status: 400, message: 'Invalid base62 id' } });
    expect((await app.call('GET', `/albums/${'z'.repeat(22)}`)).status).toBe(404);
    const ids = (count: number) => Array.from({ length: count }, (_, i) => app.album(i).id).join(',');
    expect((await app.call('GET', `/albums?ids=${ids(20)}`)).json.albums).toHaveLength(20);
    expect((await app.call('GET', `/albums?ids=${ids(21)}`)).status).toBe(400);
    expect((await app.call('GET', `/albums/${app.album(0).id}/tracks?limit=51`)).json.error.message).toBe('Invalid limit');
  });
});

describe('playlists', () => {
  test('are created, filled, reordered and emptied, with a new snapshot id for every change', async () => {
    await using app = await startSignedInSandbox();
    const { call, uris, control } = app;
    const created = await call('POST', '/me/playlists', { name: 'A', description: 'B', public: false });
    expect(created.json).toMatchObject({
      name: 'A',
      description: 'B',
      public: false,
      collaborative: false,
      images: [],
      owner: { id: 'mara' },
      items: { total: 0 },
    });
    const path = `/playlists/${created.json.id}`;
    const seen = [created.json.snapshot_id];
    const change = async (method: string, body: unknown, want: readonly (string | undefined)[]) => {
      const reply = await call(method, `${path}/items`, body);
      seen.push(reply.json.snapshot_id);
      expect(control.playlist(created.json.id)?.uris).toEqual(want);
    };
    const [a, b, c, d, e] = uris(5);
    await change('POST', { uris: [a, b, c] }, [a, b, c]);
    await change('POST', { uris: [d], position: 1 }, [a, d, b, c]);
    await change('PUT', { range_start: 0, insert_before: 3, range_length: 2 }, [b, a, d, c]);
    await change('PUT', { range_start: 3, insert_before: 0 }, [c, b, a, d]);
    await change('POST', { uris: [c, e] }, [c, b, a, d, c, e]);
    await change('DELETE', { items: [{ uri: c }], snapshot_id: seen.at(-1) }, [b, a, d, e]);
    await change('PUT', { uris: [e, e] }, [e, e]);
    await change('PUT', { uris: [] }, []);
    const reply = await call('POST', `${path}/items?uris=${a},${b}&position=0`, { uris: [e] });
    expect([reply.status, control.playlist(created.json.id)?.uris]).toEqual([201, [a, b]]);
    expect((await call('GET', path)).json.snapshot_id).toBe(reply.json.snapshot_id);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('refuse what Spotify refuses', async () => {
    await using app = await startSignedInSandbox();
    const { call, uris } = app;
    const path = `/playlists/${(await call('POST', '/me/playlists', { name: 'A' })).json.id}`;
    const refused = async (method: string, suffix: string, body: unknown, message: string) => {
      const reply = await call(method, path + suffix, body);
      expect([reply.status, reply.json.error.message]).toEqual([400, message]);
    };
    expect((await call('POST', '/me/playlists', {})).json.error).toEqual({ status: 400, message: 'Missing required field: name' });
    expect((await call('POST', '/me/playlists', { name: 'x', collaborative: true })).status).toBe(400);
    expect((await call('POST', '/me/playlists', '{"name":')).json.error.message).toBe('Error parsing JSON.');
    await refused('POST', '/items', { uris: uris(101) }, 'You can add a maximum of 100 tracks per request.');
    await refused('POST', '/items', { uris: [] }, 'No uris provided');
    await refused('POST', '/items', { uris: ['spotify:track:nope'] }, 'Invalid track uri: spotify:track:nope');
    await refused('POST', '/items', { uris: [`spotify:track:${'z'.repeat(22)}`] }, 'Payload contains a non-existing ID');
    await refused('PUT', '/items', { uris: uris(1), range_start: 0, insert_before: 1 }, 'Replace and reorder cannot be combined');
    await refused('PUT', '/items', { range_start: 4, insert_before: 0 }, 'Index out of bounds');
    await refused('DELETE', '/items', { uris: uris(1) }, 'No uris provided');
    await refused('DELETE', '/items', { items: uris(1) }, 'Invalid base62 id');
    await refused('DELETE', '/items', { items: [{ uri: uris(1)[0] }], snapshot_id: 'AAAA' }, 'Invalid snapshot id');
    await refused('GET', '/items?limit=51', undefined, 'Invalid limit');
    expect((await call('GET', `/playlists/${'0'.repeat(22)}`)).json).toEqual({ error: { status: 404, message: 'Resource not found' } });
  });

  test('change their details with an empty response, and are listed newest first', async () => {
    await using app = await startSignedInSandbox();
    const { call } = app;
    const names = ['one', 'two', 'three'];
    const ids: string[] = [];
    for (const name of names) ids.push((await call('POST', '/me/playlists', { name })).json.id);
    const changed = await call('PUT', `/playlists/${ids[0]}`, { name: 'uno', description: 'due' });
    expect([changed.status, changed.text]).toEqual([200, '']);
    const listed = (await call('GET', '/me/playlists?limit=2')).json;
    expect([listed.total, listed.items.map((item: { name: string }) => item.name)]).toEqual([3, ['three', 'two']]);
    const rest = (await call('GET', listed.next.slice(app.sandbox.apiUrl.length))).json;
    expect(rest.items).toMatchObject([{ name: 'uno', description: 'due', items: { total: 0 } }]);
    expect((await call('DELETE', `/me/library?uris=spotify:playlist:${ids[2]}`)).status).toBe(200);
    expect((await call('GET', '/me/playlists')).json.total).toBe(2);
    expect((await call('GET', `/playlists/${ids[2]}`)).status).toBe(200);
  });

  test('require the scope of each action', async () => {
    await using app = await startSignedInSandbox({ scopes: ['playlist-modify-public'] });
    const { call } = app;
    expect((await call('POST', '/me/playlists', { name: 'x', public: false })).json.error).toEqual({
      status: 403,
      message: 'Insufficient client scope',
    });
    expect((await call('GET', '/me/top/tracks')).status).toBe(403);
    const { id } = (await call('POST', '/me/playlists', { name: 'x' })).json;
    const cover = await caller(app.sandbox, app.tokens.access_token, 'image/jpeg')('PUT', `/playlists/${id}/images`, '/9j/AAAA');
    expect([cover.status, cover.json]).toEqual([401, { error: { status: 401, message: 'Unauthorized.' } }]);
  });

  test('that are private are hidden from other people', async () => {
    await using app = await startSignedInSandbox();
    const { id } = (await app.call('POST', '/me/playlists', { name: 'secret', public: false })).json;
    const other = caller(app.sandbox, (await signIn(app.sandbox, { person: 'jonas' })).access_token);
    expect((await other('GET', `/playlists/${id}`)).status).toBe(404);
    const narrow = caller(app.sandbox, (await signIn(app.sandbox, { scopes: ['playlist-modify-public'] })).access_token);
    expect((await narrow('GET', '/me/playlists')).json.total).toBe(0);
  });

  test('are limited to eleven thousand per account', async () => {
    await using app = await startSignedInSandbox();
    const { id } = (await app.call('POST', '/me/playlists', { name: 'first' })).json;
    for (let i = 1; i < 11_000; i++) app.control.addPlaylist('mara', { name: `#${i}` });
    expect((await app.call('POST', '/me/playlists', { name: 'one too many' })).status).toBe(403);
    expect((await app.call('GET', `/playlists/${id}`)).status).toBe(200);
  });
});

function upload(app: Awaited<ReturnType<typeof startSignedInSandbox>>, id: string, { body, type = 'image/jpeg' }: { body: string; type?: string }) {
  return caller(app.sandbox, app.tokens.access_token, type)('PUT', `/playlists/${id}/images`, body);
}

describe('covers', () => {
  test('are raw base64 of a JPEG of at most 256 KB, and appear after a delay', async () => {
    await using app = await startSignedInSandbox();
    app.control.setSwitches({ coverDelayMs: 5000 });
    const { id } = (await app.call('POST', '/me/playlists', { name: 'x' })).json;
    const accepted = await upload(app, id, { body: `/9j/${'A'.repeat(256 * 1024 - 4)}` });
    expect([accepted.status, accepted.text]).toEqual([202, '']);
    expect((await upload(app, id, { body: `/9j/${'A'.repeat(256 * 1024)}` })).status).toBe(413);
    expect((await upload(app, id, { body: 'data:image/jpeg;base64,/9j/AAAA' })).status).toBe(400);
    expect((await upload(app, id, { body: '/9j/AAAA\n/9j/AAAA' })).status).toBe(400);
    expect((await upload(app, id, { body: '/9j/AAAA', type: 'application/json' })).status).toBe(400);
    expect((await app.call('GET', `/playlists/${id}/images`)).json).toEqual([]);
    app.control.advance(5000);
    const [image] = (await app.call('GET', `/playlists/${id}/images`)).json;
    const picture = await fetch(image.url);
    expect([
      picture.headers.get('content-type'),
      Buffer.from(await picture.arrayBuffer())
        .subarray(0, 3)
        .toString('hex'),
    ]).toEqual(['image/jpeg', 'ffd8ff']);
  });
});

describe('listening', () => {
  test('recently played follows the clock and is read with one cursor', async () => {
    await using app = await startSignedInSandbox({ now: () => Date.UTC(2026, 10, 21) });
    const { call, control } = app;
    const first = (await call('GET', '/me/player/recently-played?limit=10')).json;
    expect(first.items).toHaveLength(10);
    expect((await call('GET', `/me/player/recently-played?after=${first.cursors.after}`)).json.items).toEqual([]);
    control.advance(13 * 270_000);
    const later = (await call('GET', `/me/player/recently-played?after=${first.cursors.after}&limit=50`)).json;
    expect(later.items).toHaveLength(13);
    const older = (await call('GET', `/me/player/recently-played?before=${first.cursors.before}&limit=50`)).json;
    expect(older.items.every((item: { played_at: string }) => Date.parse(item.played_at) < Number(first.cursors.before))).toBe(true);
    expect((await call('GET', '/me/player/recently-played?after=1&before=2')).status).toBe(400);
  });

  test('top lists differ by person and range, and do not change', async () => {
    await using app = await startSignedInSandbox();
    const top = async (path: string) => (await app.call('GET', path)).json.items.map((item: { id: string }) => item.id);
    expect(await top('/me/top/tracks')).toEqual(await top('/me/top/tracks?time_range=medium_term'));
    expect(await top('/me/top/tracks')).not.toEqual(await top('/me/top/tracks?time_range=short_term'));
    expect((await app.call('GET', '/me/top/tracks?time_range=ever')).status).toBe(400);
  });
});

describe('the library', () => {
  test('stores saved items, and accepts up to forty URIs of known kinds', async () => {
    await using app = await startSignedInSandbox();
    const { call, uris, album } = app;
    const saved = [...uris(2), `spotify:album:${album(1).id}`];
    expect((await call('PUT', `/me/library?uris=${saved.join(',')}`)).status).toBe(200);
    expect((await call('GET', `/me/library/contains?uris=${[...saved, 'spotify:artist:x'].join(',')}`)).json).toEqual([true, true, true, false]);
    expect((await call('GET', '/me/tracks')).json.items.map((item: { track: { uri: string } }) => item.track.uri)).toEqual(uris(2).toReversed());
    expect((await call('DELETE', `/me/library?uris=${saved[0]}`)).status).toBe(200);
    expect((await call('GET', `/me/library/contains?uris=${saved.join(',')}`)).json).toEqual([false, true, true]);
    for (const bad of ['', uris(41).join(','), 'spotify:artist:abc', 'nonsense'])
      expect((await call('PUT', `/me/library?uris=${bad}`)).status).toBe(400);
  });
});

describe('search', () => {
  test('matches words without accents, fields, years and ISRCs', async () => {
    await using app = await startSignedInSandbox({ catalog: { albums: 400, seed: 7 } });
    const { call, album } = app;
    const all = Array.from({ length: 400 }, (_, i) => album(i));
    const found = async (q: string, type: string) =>
      (await call('GET', `/search?q=${encodeURIComponent(q)}&type=${type}&limit=10`)).json[`${type}s`].items;
    const accented = all.find(({ name }) => /[éóãü]/.test(name))!;
    const plain = accented.name.normalize('NFD').replaceAll(/\p{M}/gu, '');
    expect((await found(plain, 'album')).map((one: { id: string }) => one.id)).toContain(accented.id);
    const track = all[3]!.tracks[1]!;
    expect((await found(`isrc:${track.isrc}`, 'track'))[0].external_ids.isrc).toBe(track.isrc);
    expect((await found(`artist:"${all[3]!.artists[0]!.name}"`, 'album')).length).toBeGreaterThan(0);
    for (const one of await found('year:1970-1975', 'album'))
      expect(Number(one.release_date.slice(0, 4))).toSatisfy((year: number) => year >= 1970 && year <= 1975);
    expect(await found('zzzzqqqq', 'track')).toEqual([]);
  });
});

describe('state', () => {
  test('survives a restart in its file, and an unreadable file is refused by name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'segue-sandbox-'));
    const stateFile = join(folder, 'spotify.json');
    try {
      let id = '';
      let token = '';
      {
        await using app = await startSignedInSandbox({ stateFile });
        id = (await app.call('POST', '/me/playlists', { name: 'kept' })).json.id;
        token = app.tokens.access_token;
        app.control.advance(1000);
      }
      await using again = await startSpotifySandbox({ stateFile });
      expect((await caller(again, token)('GET', `/playlists/${id}`)).json.name).toBe('kept');
      again.control.reset();
      expect((await caller(again, token)('GET', '/me')).status).toBe(401);
      writeFileSync(`${stateFile}.bad`, readFileSync(stateFile, 'utf8').slice(0, 40));
      await expect(startSpotifySandbox({ stateFile: `${stateFile}.bad` })).rejects.toThrow(/spotify\.json\.bad is not a valid sandbox state file/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('survives a kill: acknowledged writes are in the journal, and a torn last line is ignored', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'segue-sandbox-'));
    const stateFile = join(folder, 'spotify.json');
    try {
      await using app = await startSignedInSandbox({ stateFile });
      const { id } = (await app.call('POST', '/me/playlists', { name: 'kept' })).json;
      await app.call('POST', `/playlists/${id}/items`, { uris: app.uris(3) });
      // The files as the next process finds them when this one is killed in the middle of a line.
      const killed = join(folder, 'killed.json');
      copyFileSync(stateFile, killed);
      copyFileSync(`${stateFile}.journal`, `${killed}.journal`);
      appendFileSync(`${killed}.journal`, '["playlists","half');
      await using again = await startSpotifySandbox({ stateFile: killed, catalog: { albums: 200, seed: 7 } });
      const call = caller(again, app.tokens.access_token);
      expect(again.control.playlist(id)).toEqual(app.control.playlist(id));
      expect((await call('GET', '/me/playlists')).json.items).toMatchObject([{ id }]);
      expect(app.control.playlist(id)?.uris).toEqual(app.uris(3));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('lists each scope of the app once', () => {
    expect(new Set(ALL_SCOPES).size).toBe(ALL_SCOPES.length);
  });
});
