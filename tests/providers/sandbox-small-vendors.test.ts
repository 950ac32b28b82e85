import { createGeneratedCatalog } from '#server/sandbox/catalog/generated-catalog.ts';
import { isKnownToMusicbrainz, startMusicbrainzSandbox } from '#server/sandbox/musicbrainz/server.ts';
import { isKnownToReccobeats, startReccobeatsSandbox } from '#server/sandbox/reccobeats/server.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { sendRequest } from '../fixtures/sandbox-caller.ts';

const catalog = createGeneratedCatalog({ albums: 200, seed: 7 });
const tracks = Array.from({ length: 200 }, (_, i) => catalog.album(catalog.albumIdAt(i)!)!).flatMap((album) => album.tracks);

describe('ReccoBeats', () => {
  test('leaves out unknown tracks, keeps no order, and identifies tracks by href', async () => {
    await using sandbox = await startReccobeatsSandbox({ catalog });
    const requested = tracks.slice(0, 40).map(({ id }) => id);
    const { content } = (await sendRequest(`${sandbox.url}/v1/audio-features?ids=${requested.join(',')}`)).json;
    const returned = content.map((one: { href: string }) => one.href.replace('https://open.spotify.com/track/', ''));
    expect(returned.toSorted()).toEqual(requested.filter(isKnownToReccobeats).toSorted());
    expect(returned).not.toEqual(requested.filter(isKnownToReccobeats));
    expect(content[0]).toMatchObject({
      tempo: catalog.features(returned[0])?.tempo,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/),
    });
    expect(content.filter((one: object) => 'isrc' in one).length).toSatisfy((count: number) => count > 0 && count < content.length);
    const unknown = tracks.filter(({ id }) => !isKnownToReccobeats(id)).length / tracks.length;
    expect(unknown).toBeGreaterThan(0.04);
    expect(unknown).toBeLessThan(0.09);
  });

  test('accepts forty ids, as one list or several parameters, and refuses more', async () => {
    await using sandbox = await startReccobeatsSandbox({ catalog });
    const ids = tracks.slice(0, 41).map(({ id }) => id);
    expect(
      (
        await sendRequest(
          `${sandbox.url}/v1/audio-features?${ids
            .slice(0, 3)
            .map((id) => `ids=${id}`)
            .join('&')}`,
        )
      ).status,
    ).toBe(200);
    expect((await sendRequest(`${sandbox.url}/v1/audio-features?ids=${ids.join(',')}`)).status).toBe(400);
    expect((await sendRequest(`${sandbox.url}/v1/audio-features`)).status).toBe(400);
    expect((await sendRequest(`${sandbox.url}/v1/nothing`)).status).toBe(404);
  });

  test('limits requests, and fails on demand', async () => {
    let now = 0;
    await using sandbox = await startReccobeatsSandbox({ catalog, now: () => now, rateWindow: { requests: 1, windowMs: 10_000 } });
    const url = `${sandbox.url}/v1/audio-features?ids=${tracks[0]!.id}`;
    expect((await sendRequest(url)).status).toBe(200);
    const refused = await sendRequest(url);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    now = 10_000;
    sandbox.failNext({ status: 500, body: '<html>down</html>' });
    expect((await sendRequest(url)).text).toBe('<html>down</html>');
    sandbox.failNext({ cut: true });
    await expect(sendRequest(url)).rejects.toThrow('fetch failed');
  });
});

describe('MusicBrainz', () => {
  const known = tracks.find(({ isrc }) => isKnownToMusicbrainz(isrc!))!;
  const headers = { 'user-agent': 'Segue/0.1 (mail@segue.example)' };

  test('requires a user agent, and returns artists, tags and genres as requested by inc', async () => {
    await using sandbox = await startMusicbrainzSandbox({ catalog });
    const url = `${sandbox.url}/ws/2/isrc/${known.isrc}?fmt=json&inc=artist-credits+tags+genres`;
    expect((await sendRequest(url, { headers: { 'user-agent': 'node' } })).status).toBe(403);
    const { json } = await sendRequest(url, { headers });
    expect(json.recordings[0]).toMatchObject({ title: expect.any(String), 'artist-credit': [{ name: known.artists[0]!.name }] });
    expect(json.recordings[0]).toHaveProperty('genres');
    const bare = await sendRequest(`${sandbox.url}/ws/2/isrc/${known.isrc}?fmt=json`, { headers });
    expect(bare.json.recordings[0]).not.toHaveProperty('genres');
  });

  test('does not know every recording, and refuses a malformed ISRC', async () => {
    await using sandbox = await startMusicbrainzSandbox({ catalog });
    const missing = tracks.find(({ isrc }) => !isKnownToMusicbrainz(isrc!))!;
    expect((await sendRequest(`${sandbox.url}/ws/2/isrc/${missing.isrc}?fmt=json`, { headers })).status).toBe(404);
    expect((await sendRequest(`${sandbox.url}/ws/2/isrc/USZZZ9900000?fmt=json`, { headers })).status).toBe(404);
    expect((await sendRequest(`${sandbox.url}/ws/2/isrc/short?fmt=json`, { headers })).status).toBe(400);
  });

  test('answers 503 above one request per second when throttling is on', async () => {
    let now = 0;
    await using sandbox = await startMusicbrainzSandbox({ catalog, throttle: true, now: () => now });
    const url = `${sandbox.url}/ws/2/isrc/${known.isrc}?fmt=json`;
    expect([(await sendRequest(url, { headers })).status, (await sendRequest(url, { headers })).status]).toEqual([200, 503]);
    now = 1000;
    expect((await sendRequest(url, { headers })).status).toBe(200);
  });
});

describe('the whole sandbox', () => {
  test('starts all vendors on one catalog and returns their environment variables', async () => {
    await using sandbox = await startSandbox({ catalog });
    const addresses = Object.keys(sandbox.env).filter((name) => name.endsWith('_URL'));
    expect(addresses).toEqual([
      'SPOTIFY_API_URL',
      'SPOTIFY_ACCOUNTS_URL',
      'RECCOBEATS_URL',
      'MUSICBRAINZ_URL',
      'GEMINI_URL',
      'STABILITY_URL',
      'FAL_URL',
    ]);
    // Each refuses a request without credentials, or for something that it does not have.
    for (const name of addresses) expect([401, 403, 404]).toContain((await sendRequest(`${sandbox.env[name]}/nothing`)).status);
    expect(sandbox.catalog).toBe(catalog);
  });

  test('leaves nothing running when a port is taken', async () => {
    const otherServer = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => otherServer.once('listening', resolve));
    const { port } = otherServer.address() as { port: number };
    await expect(startSandbox({ catalog, port: port - 1 })).rejects.toThrow('EADDRINUSE');
    await expect(fetch(`http://127.0.0.1:${port - 1}/`)).rejects.toThrow('fetch failed');
    otherServer.close();
  });
});
