import { startSpotifySandbox } from '#server/sandbox/spotify/server.ts';
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ALL_SCOPES, caller, signedIn, signIn } from '../fixtures/sandbox-caller.ts';

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
    await using house = await signedIn();
    const reply = await house.call('GET', path.replace('IDS', house.album(0).id));
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
    await using house = await signedIn();
    const { id } = (await house.call('POST', '/me/playlists', { name: 'x' })).json;
    const reply = await house.call(method, path.replace('PL', id), method === 'GET' ? undefined : { name: 'x', uris: house.uris(1) });
    expect([reply.status, reply.json]).toEqual([403, FORBIDDEN]);
  });

  test('audio features are refused without a message, recommendations and related artists are not there', async () => {
    for (const profile of ['dev-2026', 'dev-legacy'] as const) {
      await using house = await signedIn({ profile });
      const { id } = house.album(0).tracks[0]!;
      expect((await house.call('GET', `/audio-features/${id}`)).json).toEqual({ error: { status: 403 } });
      expect((await house.call('GET', `/audio-features?ids=${id}`)).status).toBe(403);
      expect((await house.call('GET', '/recommendations?seed_genres=pop')).status).toBe(404);
      expect((await house.call('GET', `/artists/${house.album(0).artists[0]!.id}/related-artists`)).json).toEqual({
        error: { status: 404, message: 'Not Found' },
      });
    }
  });

  test('lists are short: ten search results and ten albums of an artist, five unless asked', async () => {
    await using house = await signedIn();
    const { call } = house;
    expect((await call('GET', '/search?q=the&type=track')).json.tracks.limit).toBe(5);
    expect((await call('GET', '/search?q=the&type=track&limit=11')).json).toEqual({ error: { status: 400, message: 'Invalid limit' } });
    expect((await call('GET', `/artists/${house.album(0).artists[0]!.id}/albums?limit=11`)).status).toBe(400);
    expect((await call('GET', '/search/?q=the&type=track')).status).toBe(200);
    expect((await call('GET', '/search?q=&type=track')).status).toBe(400);
    expect((await call('GET', '/search?q=x&type=song')).status).toBe(400);
  });

  test('the fields removed in February 2026 are absent, the ISRC is not', async () => {
    await using house = await signedIn();
    const { call, album } = house;
    const full = (await call('GET', `/albums/${album(0).id}`)).json;
    for (const gone of ['label', 'popularity', 'available_markets', 'album_group']) expect(full).not.toHaveProperty(gone);
    expect(full.external_ids.upc).toMatch(/^\d{12,13}$/);
    const track = (await call('GET', `/tracks/${album(0).tracks[0]!.id}`)).json;
    for (const gone of ['popularity', 'available_markets', 'preview_url', 'linked_from']) expect(track).not.toHaveProperty(gone);
    expect(track.external_ids.isrc).toBe(album(0).tracks[0]!.isrc);
    const me = (await call('GET', '/me')).json;
    for (const gone of ['email', 'country', 'product', 'followers', 'explicit_content']) expect(me).not.toHaveProperty(gone);
    expect(me.account_id).toBeTypeOf('string');
    const artist = (await call('GET', `/artists/${album(0).artists[0]!.id}`)).json;
    for (const gone of ['popularity', 'followers']) expect(artist).not.toHaveProperty(gone);
  });

  test('somebody else’s playlist shows its face but not its items', async () => {
    await using house = await signedIn();
    const { id } = (await house.call('POST', '/me/playlists', { name: 'Mine' })).json;
    await house.call('POST', `/playlists/${id}/items`, { uris: house.uris(3) });
    const other = caller(house.sandbox, (await signIn(house.sandbox, { person: 'jonas' })).access_token);
    const face = await other('GET', `/playlists/${id}`);
    expect(face.json).toMatchObject({ name: 'Mine', owner: { id: 'mara' } });
    expect(face.json).not.toHaveProperty('items');
    expect((await other('GET', `/playlists/${id}/items`)).status).toBe(403);
    expect((await other('POST', `/playlists/${id}/items`, { uris: house.uris(1) })).status).toBe(403);
    await using legacy = await signedIn({ profile: 'dev-legacy' });
    const list = (await legacy.call('POST', '/me/playlists', { name: 'Open' })).json.id;
    expect(
      (await caller(legacy.sandbox, (await signIn(legacy.sandbox, { person: 'jonas' })).access_token)('GET', `/playlists/${list}/items`)).status,
    ).toBe(200);
  });
});

describe('albums', () => {
  test('of more than fifty tracks go on behind tracks.next until all are there', async () => {
    await using house = await signedIn({ catalogue: { albums: 1000, seed: 7 } });
    const big = Array.from({ length: 1000 }, (_, i) => house.album(i)).find(({ tracks }) => tracks.length > 100)!;
    const first = (await house.call('GET', `/albums/${big.id}`)).json;
    expect([first.total_tracks, first.tracks.total, first.tracks.items.length]).toEqual([big.tracks.length, big.tracks.length, 50]);
    const ids = first.tracks.items.map((track: { id: string }) => track.id);
    for (let next = first.tracks.next; next !== null;) {
      const page = (await house.call('GET', next.slice(house.sandbox.apiUrl.length))).json;
      ids.push(...page.items.map((track: { id: string }) => track.id));
      next = page.next;
    }
    expect(ids).toEqual(big.tracks.map(({ id }) => id));
  });

  test('can be gone, blocked in the region, or empty', async () => {
    await using house = await signedIn();
    const { control, call, album } = house;
    control.setAlbum(album(0).id, 'gone');
    control.setAlbum(album(1).id, 'region_blocked');
    control.setAlbum(album(2).id, 'empty');
    expect((await call('GET', `/albums/${album(0).id}`)).json).toEqual({ error: { status: 404, message: 'Resource not found' } });
    expect((await call('GET', `/tracks/${album(0).tracks[0]!.id}`)).status).toBe(404);
    const blocked = (await call('GET', `/albums/${album(1).id}`)).json;
    expect([blocked.restrictions, blocked.tracks.items[0].is_playable]).toEqual([{ reason: 'market' }, false]);
    const hollow = (await call('GET', `/albums/${album(2).id}`)).json;
    expect([hollow.total_tracks, hollow.tracks.items]).toEqual([0, []]);
    control.setAlbum(album(0).id, undefined);
    expect((await call('GET', `/albums/${album(0).id}`)).status).toBe(200);

    await using extended = await signedIn({ profile: 'extended' });
    extended.control.setAlbum(album(0).id, 'gone');
    extended.control.setAlbum(album(1).id, 'region_blocked');
    const { albums } = (await extended.call('GET', `/albums?ids=${album(0).id},${album(1).id}`)).json;
    expect([albums[0], albums[1].available_markets]).toEqual([null, []]);
  });

  test('say which id is not one, and how many are too many', async () => {
    await using house = await signedIn({ profile: 'extended' });
    expect((await house.call('GET', '/albums/nope')).json).toEqual({ error: { status: 400, message: 'Invalid base62 id' } });
    expect((await house.call('GET', `/albums/${'z'.repeat(22)}`)).status).toBe(404);
    const ids = (count: number) => Array.from({ length: count }, (_, i) => house.album(i).id).join(',');
    expect((await house.call('GET', `/albums?ids=${ids(20)}`)).json.albums).toHaveLength(20);
    expect((await house.call('GET', `/albums?ids=${ids(21)}`)).status).toBe(400);
    expect((await house.call('GET', `/albums/${house.album(0).id}/tracks?limit=51`)).json.error.message).toBe('Invalid limit');
  });
});

describe('playlists', () => {
  test('are made, filled, reordered and emptied, with a new snapshot id for every change', async () => {
    await using house = await signedIn();
    const { call, uris, control } = house;
    const made = await call('POST', '/me/playlists', { name: 'A', description: 'B', public: false });
    expect(made.json).toMatchObject({
      name: 'A',
      description: 'B',
      public: false,
      collaborative: false,
      images: [],
      owner: { id: 'mara' },
      items: { total: 0 },
    });
    const path = `/playlists/${made.json.id}`;
    const seen = [made.json.snapshot_id];
    const change = async (method: string, body: unknown, want: readonly (string | undefined)[]) => {
      const reply = await call(method, `${path}/items`, body);
      seen.push(reply.json.snapshot_id);
      expect(control.playlist(made.json.id)?.uris).toEqual(want);
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
    expect([reply.status, control.playlist(made.json.id)?.uris]).toEqual([201, [a, b]]);
    expect((await call('GET', path)).json.snapshot_id).toBe(reply.json.snapshot_id);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('refuse what Spotify refuses', async () => {
    await using house = await signedIn();
    const { call, uris } = house;
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

  test('change their details with an empty answer, and are listed newest first', async () => {
    await using house = await signedIn();
    const { call } = house;
    const names = ['one', 'two', 'three'];
    const ids: string[] = [];
    for (const name of names) ids.push((await call('POST', '/me/playlists', { name })).json.id);
    const changed = await call('PUT', `/playlists/${ids[0]}`, { name: 'uno', description: 'due' });
    expect([changed.status, changed.text]).toEqual([200, '']);
    const listed = (await call('GET', '/me/playlists?limit=2')).json;
    expect([listed.total, listed.items.map((item: { name: string }) => item.name)]).toEqual([3, ['three', 'two']]);
    const rest = (await call('GET', listed.next.slice(house.sandbox.apiUrl.length))).json;
    expect(rest.items).toMatchObject([{ name: 'uno', description: 'due', items: { total: 0 } }]);
    expect((await call('DELETE', `/me/library?uris=spotify:playlist:${ids[2]}`)).status).toBe(200);
    expect((await call('GET', '/me/playlists')).json.total).toBe(2);
    expect((await call('GET', `/playlists/${ids[2]}`)).status).toBe(200);
  });

  test('need the scope of what is done', async () => {
    await using house = await signedIn({ scopes: ['playlist-modify-public'] });
    const { call } = house;
    expect((await call('POST', '/me/playlists', { name: 'x', public: false })).json.error).toEqual({
      status: 403,
      message: 'Insufficient client scope',
    });
    expect((await call('GET', '/me/top/tracks')).status).toBe(403);
    const { id } = (await call('POST', '/me/playlists', { name: 'x' })).json;
    const cover = await caller(house.sandbox, house.tokens.access_token, 'image/jpeg')('PUT', `/playlists/${id}/images`, '/9j/AAAA');
    expect([cover.status, cover.json]).toEqual([401, { error: { status: 401, message: 'Unauthorized.' } }]);
  });

  test('private ones are nobody else’s business', async () => {
    await using house = await signedIn();
    const { id } = (await house.call('POST', '/me/playlists', { name: 'secret', public: false })).json;
    const other = caller(house.sandbox, (await signIn(house.sandbox, { person: 'jonas' })).access_token);
    expect((await other('GET', `/playlists/${id}`)).status).toBe(404);
    const narrow = caller(house.sandbox, (await signIn(house.sandbox, { scopes: ['playlist-modify-public'] })).access_token);
    expect((await narrow('GET', '/me/playlists')).json.total).toBe(0);
  });

  test('an account holds eleven thousand', async () => {
    await using house = await signedIn();
    const { id } = (await house.call('POST', '/me/playlists', { name: 'first' })).json;
    for (let i = 1; i < 11_000; i++) house.control.addPlaylist('mara', { name: `#${i}` });
    expect((await house.call('POST', '/me/playlists', { name: 'one too many' })).status).toBe(403);
    expect((await house.call('GET', `/playlists/${id}`)).status).toBe(200);
  });
});

function upload(house: Awaited<ReturnType<typeof signedIn>>, id: string, { body, type = 'image/jpeg' }: { body: string; type?: string }) {
  return caller(house.sandbox, house.tokens.access_token, type)('PUT', `/playlists/${id}/images`, body);
}

describe('covers', () => {
  test('are raw base64 of a JPEG of at most 256 KB, and appear after a while', async () => {
    await using house = await signedIn();
    house.control.set({ coverDelayMs: 5000 });
    const { id } = (await house.call('POST', '/me/playlists', { name: 'x' })).json;
    const accepted = await upload(house, id, { body: `/9j/${'A'.repeat(256 * 1024 - 4)}` });
    expect([accepted.status, accepted.text]).toEqual([202, '']);
    expect((await upload(house, id, { body: `/9j/${'A'.repeat(256 * 1024)}` })).status).toBe(413);
    expect((await upload(house, id, { body: 'data:image/jpeg;base64,/9j/AAAA' })).status).toBe(400);
    expect((await upload(house, id, { body: '/9j/AAAA\n/9j/AAAA' })).status).toBe(400);
    expect((await upload(house, id, { body: '/9j/AAAA', type: 'application/json' })).status).toBe(400);
    expect((await house.call('GET', `/playlists/${id}/images`)).json).toEqual([]);
    house.control.advance(5000);
    const [image] = (await house.call('GET', `/playlists/${id}/images`)).json;
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
  test('recently played moves with the clock and is read with one cursor', async () => {
    await using house = await signedIn({ now: () => Date.UTC(2026, 10, 21) });
    const { call, control } = house;
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

  test('top lists differ by person and range, and stay the same', async () => {
    await using house = await signedIn();
    const top = async (path: string) => (await house.call('GET', path)).json.items.map((item: { id: string }) => item.id);
    expect(await top('/me/top/tracks')).toEqual(await top('/me/top/tracks?time_range=medium_term'));
    expect(await top('/me/top/tracks')).not.toEqual(await top('/me/top/tracks?time_range=short_term'));
    expect((await house.call('GET', '/me/top/tracks?time_range=ever')).status).toBe(400);
  });
});

describe('the library', () => {
  test('keeps what is saved, and takes forty URIs of known kinds at a time', async () => {
    await using house = await signedIn();
    const { call, uris, album } = house;
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
  test('finds by words without accents, by fields, by year and by ISRC', async () => {
    await using house = await signedIn({ catalogue: { albums: 400, seed: 7 } });
    const { call, album } = house;
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
  test('survives a restart in its file, and a broken file is refused with its name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'segue-sandbox-'));
    const stateFile = join(folder, 'spotify.json');
    try {
      let id = '';
      let token = '';
      {
        await using house = await signedIn({ stateFile });
        id = (await house.call('POST', '/me/playlists', { name: 'kept' })).json.id;
        token = house.tokens.access_token;
        house.control.advance(1000);
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

  test('survives being killed: what was answered is in the journal, and a torn last line is not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'segue-sandbox-'));
    const stateFile = join(folder, 'spotify.json');
    try {
      await using house = await signedIn({ stateFile });
      const { id } = (await house.call('POST', '/me/playlists', { name: 'kept' })).json;
      await house.call('POST', `/playlists/${id}/items`, { uris: house.uris(3) });
      // As the disk looks to the next process when this one is killed in the middle of a line.
      const killed = join(folder, 'killed.json');
      copyFileSync(stateFile, killed);
      copyFileSync(`${stateFile}.journal`, `${killed}.journal`);
      appendFileSync(`${killed}.journal`, '["playlists","half');
      await using again = await startSpotifySandbox({ stateFile: killed, catalogue: { albums: 200, seed: 7 } });
      const call = caller(again, house.tokens.access_token);
      expect(again.control.playlist(id)).toEqual(house.control.playlist(id));
      expect((await call('GET', '/me/playlists')).json.items).toMatchObject([{ id }]);
      expect(house.control.playlist(id)?.uris).toEqual(house.uris(3));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('knows every scope the app will ask for', () => {
    expect(new Set(ALL_SCOPES).size).toBe(ALL_SCOPES.length);
  });
});
