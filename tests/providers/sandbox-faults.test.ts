import http from 'node:http';
import { startSpotifySandbox } from '#server/sandbox/spotify/server.ts';
import { describe, expect, test } from 'vitest';
import { sendRequest, caller, refreshForm, startSignedInSandbox, signIn, tokenRequest } from '../fixtures/sandbox-caller.ts';

const DAY_MS = 86_400_000;

describe('a scripted fault', () => {
  test.each([
    ['429 with seconds', { status: 429, retryAfter: 7 }, 429, '7', 'API rate limit exceeded'],
    ['429 without Retry-After', { status: 429 }, 429, null, 'API rate limit exceeded'],
    ['429 with an HTTP-date', { status: 429, retryAfter: 'Sat, 21 Nov 2026 06:00:00 GMT' }, 429, 'Sat, 21 Nov 2026 06:00:00 GMT', 'API rate limit'],
    ['429 in plain text', { status: 429, body: 'Too many requests' }, 429, null, 'Too many requests'],
    ['502 in HTML', { status: 502, contentType: 'text/html' }, 502, null, '<h1>502 Server Error</h1>'],
    ['JSON null as an error', { status: 500, body: null }, 500, null, 'null'],
    ['a 403 without a message', { status: 403, body: { error: { status: 403 } } }, 403, null, '{"error":{"status":403}}'],
    ['malformed JSON with 200', { distort: 'malformed_json' }, 200, null, '{"album_type"'],
    ['JSON null with 200', { distort: 'null_body' }, 200, null, 'null'],
  ] as const)('can be %s, once', async (_name, fault, status, retryAfter, text) => {
    await using app = await startSignedInSandbox();
    app.control.failNext({ path: '/albums/*', ...fault });
    const path = `/albums/${app.album(0).id}`;
    expect((await app.call('GET', '/me')).status).toBe(200);
    const reply = await app.call('GET', path);
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([status, retryAfter]);
    expect(reply.text).toContain(text);
    expect((await app.call('GET', path)).json.id).toBe(app.album(0).id);
  });

  test('can target a method, a later request, and several in a row', async () => {
    await using app = await startSignedInSandbox();
    app.control.failNext({ method: 'POST', path: '/me/playlists', skip: 1, times: 2, status: 503 });
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await app.call('POST', '/me/playlists', { name: `${i}` })).status);
    expect(statuses).toEqual([201, 503, 503, 201, 201]);
    expect((await app.call('GET', '/me/playlists')).json.total).toBe(3);
  });

  test('can act and then fail: the playlist exists although the caller got an error or no response', async () => {
    await using app = await startSignedInSandbox();
    const { call, control, uris } = app;
    control.failNext({ method: 'POST', path: '/me/playlists', status: 502, actFirst: true });
    expect((await call('POST', '/me/playlists', { name: 'made anyway' })).status).toBe(502);
    const [made] = control.playlists('mara');
    expect(made).toMatchObject({ name: 'made anyway', uris: [] });
    control.failNext({ method: 'POST', path: '/playlists/*/items', cut: true, actFirst: true });
    await expect(call('POST', `/playlists/${made!.id}/items`, { uris: uris(2) })).rejects.toThrow('fetch failed');
    expect(control.playlist(made!.id)?.uris).toEqual(uris(2));
    control.failNext({ method: 'POST', path: '/playlists/*/items', cut: true });
    await expect(call('POST', `/playlists/${made!.id}/items`, { uris: uris(2) })).rejects.toThrow('fetch failed');
    expect(control.playlist(made!.id)?.uris).toEqual(uris(2));
    expect(control.requests({ method: 'POST', path: /items$/ }).map(({ status }) => status)).toEqual([0, 0]);
  });

  test('can cut the body halfway, or delay the response', async () => {
    await using app = await startSignedInSandbox();
    app.control.failNext({ path: '/me', cut: 'body' });
    await expect(app.call('GET', '/me')).rejects.toThrow('terminated');
    app.control.failNext({ path: '/me', delayMs: 60_000 });
    await expect(sendRequest(`${app.sandbox.apiUrl}/me`, { signal: AbortSignal.timeout(50) })).rejects.toThrow(/timeout|abort/i);
  });

  test('at the token endpoint can lose the response to a rotation: the old token is used up, the new one unknown', async () => {
    await using sandbox = await startSpotifySandbox();
    const { refresh_token: token } = await signIn(sandbox);
    sandbox.control.failNext({ service: 'accounts', path: '/api/token', cut: true, actFirst: true });
    await expect(tokenRequest(sandbox, refreshForm(token))).rejects.toThrow('fetch failed');
    expect((await tokenRequest(sandbox, refreshForm(token))).json.error).toBe('invalid_grant');
  });
});

describe('malformed lists', () => {
  test('contain null items, local files, short or repeated pages, wrong totals, stale snapshots', async () => {
    await using app = await startSignedInSandbox();
    const { call, control, uris } = app;
    const { id } = (await call('POST', '/me/playlists', { name: 'x' })).json;
    await call('POST', `/playlists/${id}/items`, { uris: uris(5) });
    const read = async (distort: Parameters<typeof control.failNext>[0]['distort'], path = `/playlists/${id}/items`) => {
      control.failNext({ path, ...(distort ? { distort } : {}) });
      return (await call('GET', path)).json;
    };
    expect((await read('null_item')).items[0]).toMatchObject({ added_at: expect.any(String), item: null });
    expect((await read('null_item', '/me/playlists')).items[0]).toBeNull();
    expect((await read('local_item')).items[0]).toMatchObject({
      is_local: true,
      item: { id: null, is_local: true, uri: expect.stringMatching(/^spotify:local:/) },
    });
    const shrunk = await read('shrink_page');
    expect([shrunk.items.length, shrunk.total, shrunk.next]).toEqual([4, 5, null]);
    const repeated = await read('repeat_page');
    expect(repeated.items[4]).toEqual(repeated.items[0]);
    expect((await read('total_too_high')).total).toBe(8);
    const current = (await call('GET', `/playlists/${id}`)).json;
    const stale = await read('stale_snapshot', `/playlists/${id}`);
    expect(stale.snapshot_id).not.toBe(current.snapshot_id);
    expect(stale.items).toEqual(current.items);
    expect((await read('shrink_page', `/albums/${app.album(0).id}`)).tracks.items).toHaveLength(app.album(0).tracks.length - 1);
  });

  test('a new playlist can be missing from the list for a while', async () => {
    await using app = await startSignedInSandbox();
    app.control.setSwitches({ listLagMs: 5000 });
    const { id } = (await app.call('POST', '/me/playlists', { name: 'x' })).json;
    expect((await app.call('GET', '/me/playlists')).json.total).toBe(0);
    expect((await app.call('GET', `/playlists/${id}`)).status).toBe(200);
    app.control.advance(5000);
    expect((await app.call('GET', '/me/playlists')).json.total).toBe(1);
  });

  test('entries of a removed album are null, and a manual edit can add local files', async () => {
    await using app = await startSignedInSandbox();
    const { call, control, album } = app;
    const id = control.addPlaylist('mara', { name: 'x' });
    control.editPlaylist(id, { uris: [`spotify:track:${album(0).tracks[0]!.id}`, 'spotify:local:Ida+Marsh::Kitchen+Tape:187', null] });
    control.setAlbum(album(0).id, 'gone');
    const { items } = (await call('GET', `/playlists/${id}/items`)).json;
    expect(items.map((one: { item: unknown }) => one.item)).toMatchObject([null, { id: null, name: 'Kitchen Tape', duration_ms: 187_000 }, null]);
  });
});

describe('limits', () => {
  test('a rolling window allows a number of requests and says when the next is allowed', async () => {
    let now = 1_800_000_000_000;
    await using app = await startSignedInSandbox({ now: () => now, rateWindow: { requests: 3, windowMs: 30_000 } });
    for (let i = 0; i < 3; i++, now += 4000) expect((await app.call('GET', '/me')).status).toBe(200);
    const refused = await app.call('GET', '/me');
    expect([refused.status, refused.headers.get('retry-after'), refused.json]).toEqual([
      429,
      '18',
      { error: { status: 429, message: 'API rate limit exceeded' } },
    ]);
    now += 17_999;
    expect((await app.call('GET', '/me')).status).toBe(429);
    now += 1;
    expect((await app.call('GET', '/me')).status).toBe(200);
    expect((await app.call('GET', '/me')).headers.get('retry-after')).toBe('4');
  });

  test('a daily quota blocks one bucket for most of a day and no other', async () => {
    await using app = await startSignedInSandbox();
    app.control.setQuota('albums', 1);
    const path = `/albums/${app.album(0).id}`;
    expect((await app.call('GET', path)).status).toBe(200);
    const blocked = await app.call('GET', path);
    expect([blocked.status, blocked.headers.get('retry-after'), blocked.json.error.reason]).toEqual([429, '61389', 'QUOTA_EXCEEDED']);
    expect((await app.call('GET', '/me')).status).toBe(200);
    app.control.advance(DAY_MS);
    const fresh = caller(app.sandbox, (await signIn(app.sandbox)).access_token);
    expect((await fresh('GET', path)).status).toBe(200);
  });
});

function sendControl(app: { sandbox: { origin: string; controlToken: string } }, action: string, body?: unknown) {
  const [method = '', path = ''] = action.split(' ');
  const headers = { 'x-sandbox-token': app.sandbox.controlToken };
  return sendRequest(`${app.sandbox.origin}/_sandbox${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

/** The status of GET /_sandbox/clock; fetch does not let its caller choose the Host. */
function statusWithHost(port: number, host: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/_sandbox/clock', headers: { ...headers, host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', reject);
  });
}

describe('control over HTTP', () => {
  test('does the same as the in-process control', async () => {
    await using app = await startSignedInSandbox();
    const { call, album, uris } = app;
    await sendControl(app, 'POST /faults', [
      { path: '/me', status: 503 },
      { path: '/me', status: 500, body: 'late' },
    ]);
    expect((await sendControl(app, 'GET /faults')).json).toHaveLength(2);
    expect([(await call('GET', '/me')).status, (await call('GET', '/me')).text, (await call('GET', '/me')).status]).toEqual([503, 'late', 200]);
    await sendControl(app, 'POST /albums', { id: album(0).id, condition: 'gone' });
    expect((await call('GET', `/albums/${album(0).id}`)).status).toBe(404);
    const { id } = (await call('POST', '/me/playlists', { name: 'x' })).json;
    await sendControl(app, `POST /playlists/${id}`, { uris: uris(2), name: 'edited' });
    expect((await sendControl(app, `GET /playlists/${id}`)).json).toMatchObject({ name: 'edited', uris: uris(2), ownerId: 'mara' });
    expect((await sendControl(app, 'GET /playlists?owner=jonas')).json).toEqual([]);
    expect((await sendControl(app, 'GET /catalog/albums?offset=198&limit=9')).json).toEqual({
      total: 200,
      profile: 'dev-2026',
      ids: [album(198).id, album(199).id],
    });
    await sendControl(app, 'POST /people', { id: 'new-person', displayName: 'New Person' });
    expect((await signIn(app.sandbox, { person: 'new-person' })).access_token).toBeTypeOf('string');
    expect((await sendControl(app, 'GET /log')).json.totals['GET /albums/:id 404']).toBe(1);
    await sendControl(app, 'POST /clock', { advanceMs: 3_600_000 });
    expect((await call('GET', '/me')).json.error.message).toBe('The access token expired');
    await sendControl(app, 'POST /reset');
    expect((await sendControl(app, `GET /playlists/${id}`)).status).toBe(404);
  });

  test('refuses requests from other web pages', async () => {
    await using app = await startSignedInSandbox();
    const { origin, controlToken } = app.sandbox;
    for (const [method, path] of [
      ['POST', '/_sandbox/reset'],
      ['POST', '/api/token'],
      ['GET', '/authorize'],
      ['GET', '/v1/me'],
    ] as const) {
      const reply = await sendRequest(`${origin}${path}`, { method, headers: { origin: 'https://evil.example', 'x-sandbox-token': controlToken } });
      expect([path, reply.status]).toEqual([path, 403]);
    }
    expect((await app.call('GET', '/me')).status).toBe(200);
  });

  test('requires the control token of every request, as a browser sends some without an origin', async () => {
    await using app = await startSignedInSandbox();
    for (const method of ['HEAD', 'GET', 'POST', 'DELETE', 'OPTIONS', 'PUT'])
      for (const token of [undefined, '', 'wrong']) {
        const headers = token === undefined ? {} : { 'x-sandbox-token': token };
        expect((await sendRequest(`${app.sandbox.origin}/_sandbox/reset`, { method, headers })).status).toBe(401);
      }
    expect((await app.call('GET', '/me')).status).toBe(200);
    // HEAD and OPTIONS read; only the methods that write change anything.
    for (const method of ['HEAD', 'OPTIONS']) expect((await sendControl(app, `${method} /reset`)).status).toBe(404);
    expect((await app.call('GET', '/me')).status).toBe(200);
  });

  test('refuses a host name that only leads to the loopback address', async () => {
    await using app = await startSignedInSandbox();
    const { port } = new URL(app.sandbox.origin);
    for (const host of [`evil.example:${port}`, '127.0.0.1', `127.0.0.1.evil.example:${port}`, `[::2]:${port}`]) {
      const status = await statusWithHost(Number(port), host, { 'x-sandbox-token': app.sandbox.controlToken });
      expect([host, status]).toEqual([host, 403]);
    }
    expect(await statusWithHost(Number(port), `localhost:${port}`, { 'x-sandbox-token': app.sandbox.controlToken })).toBe(200);
  });

  test('says what is wrong with an invalid request', async () => {
    await using app = await startSignedInSandbox();
    const typo = await sendControl(app, 'POST /faults', { pth: '/me' });
    expect([typo.status, typo.json.problem]).toEqual([400, expect.stringContaining('pth')]);
    expect(
      (
        await sendRequest(`${app.sandbox.origin}/_sandbox/faults`, {
          method: 'POST',
          body: '{',
          headers: { 'x-sandbox-token': app.sandbox.controlToken },
        })
      ).status,
    ).toBe(400);
    expect((await sendControl(app, 'POST /playlists/nope', { name: 'x' })).json.problem).toContain('nope');
    expect((await sendControl(app, 'POST /nothing')).status).toBe(404);
  });
});
