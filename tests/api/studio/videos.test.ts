import type { AssetStore } from '#server/providers/render-ports.ts';
import { SANDBOX_PLACE, SANDBOX_TAGS } from '#server/sandbox/drawn-video.ts';
import { runRender } from '#server/use-cases/studio/renders/run-render.ts';
import type { UploadedPicture } from '#shared/contracts/studio/uploaded-picture.ts';
import { AppError } from '#shared/errors.ts';
import type { AssetId } from '#shared/ids.ts';
import { ADMIN_KEY } from '#tests/support/http-app.ts';
import { quarteredPicture } from '#tests/support/studio/pictures.ts';
import { expectMoneyRight, runNow, startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const KEY = { 'x-admin-api-key': ADMIN_KEY };
const HOUR_MS = 3_600_000;

let app: StudioApp;
let picture: AssetId;

beforeAll(async () => {
  app = await startStudioApp({ http: true, isSandboxed: true });
  const response = await fetch(`${app.baseUrl}/files`, { method: 'POST', body: new Uint8Array(await quarteredPicture()), headers: KEY });
  picture = ((await response.json()) as UploadedPicture).asset;
}, 60_000);
afterAll(() => app[Symbol.asyncDispose]());

const read = (url: string, headers: Record<string, string> = {}) => fetch(`${app.baseUrl}${url}`, { headers: { ...KEY, ...headers } });
const bytesOf = async (url: string) => Buffer.from(await (await read(url)).arrayBuffer());
const request = async (model: string, values: object) =>
  (await app.admin.generation.studio.request({ model, task: 'image_to_video', values: { image: [picture], ...values } }))[0]!.id;
const view = (renderId: Awaited<ReturnType<typeof request>>) => app.admin.generation.studio.view({ renderId });

describe('a picture becomes a video', () => {
  test('with its length and size, that plays in parts and is shown by its first frame', async () => {
    const id = await request('fal-veo-3.1-lite', { prompt: 'a boat passes', seconds: 4 });
    await app.runJobs();
    const [asset] = (await view(id)).assets;
    expect(asset).toMatchObject({ mediaType: 'video/webm', seconds: 4, width: 320, height: 214, thumbhash: expect.any(String) });
    const whole = await read(asset!.url);
    expect([whole.status, whole.headers.get('accept-ranges'), whole.headers.get('content-type')]).toEqual([200, 'bytes', 'video/webm']);
    const bytes = Buffer.from(await whole.arrayBuffer());
    for (const words of [SANDBOX_PLACE, ...Object.values(SANDBOX_TAGS)]) expect(bytes.includes(words), words).toBe(false);
    expect(bytes).toHaveLength(asset!.bytes);
    const part = await read(asset!.url, { range: 'bytes=100-199' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${bytes.length}`]);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(100, 200))).toBe(true);
    const status = async (headers: Record<string, string>) => (await read(asset!.url, headers)).status;
    expect(await status({ range: 'bytes=-50' })).toBe(206);
    expect(await status({ range: `bytes=${bytes.length}-` })).toBe(416);
    expect(await status({ range: 'bytes=0-1,5-6' })).toBe(200);
    expect(await status({ range: 'bytes=0-9', 'if-range': '"another version"' })).toBe(200);
    expect(await status({ range: 'bytes=0-9', 'if-range': whole.headers.get('etag')! })).toBe(206);
    const preview = await sharp(await bytesOf(asset!.previews[64]))
      .raw()
      .toBuffer();
    expect(preview[0]! - preview[2]!).toBeGreaterThan(100);
    await app.deps.db.execute('delete from asset_previews');
    expect((await bytesOf(asset!.previews[300])).equals(await bytesOf(`/files/${picture}/300`))).toBe(true);
  });

  test.each([
    ['no_video', 'refused', /made no picture/],
    ['video_cut', 'failed', /not an MP4 or WebM video.*The vendor was paid/],
    ['expired', 'failed', /no longer has the result/],
    ['content_policy', 'refused', /because of its content/],
  ])('or not, and then says why: %s', async (plays, state, error) => {
    app.sandbox.fal.failNext({ plays, path: '/fal-ai/ltx-2.3' });
    const id = await request('fal-ltx-2.3-fast', { prompt: 'it moves' });
    await app.runJobs();
    expect(await view(id)).toMatchObject({ state, assets: [], error: expect.stringMatching(error) });
    await expectMoneyRight(app.deps);
  });

  test('also when it waits in the vendor’s queue for an hour: its place is shown, a stopped worker loses nothing, and it is paid once', async () => {
    app.sandbox.fal.setTiming({ queueMs: HOUR_MS, runMs: HOUR_MS });
    const paid = app.sandbox.fal.paid().length;
    const id = await request('fal-ltx-2.3-fast', { prompt: 'it waits' });
    for (const doing of ['Next in the queue of fal', 'fal is making the video']) {
      const worker = new AbortController();
      const run = runRender(app.deps, { renderId: id, signal: worker.signal });
      await expect.poll(async () => (await view(id)).doing).toBe(doing);
      worker.abort();
      await run;
      app.clock.advance(HOUR_MS + 1_000);
    }
    await app.runJobs();
    app.sandbox.fal.setTiming(undefined);
    expect(await view(id)).toMatchObject({ state: 'done', cost: 'charged', assets: [{ mediaType: 'video/webm' }] });
    expect(app.sandbox.fal.paid()).toHaveLength(paid + 1);
  });

  test('also when the disk fills while it is stored: it is fetched again from the vendor, and paid once', async () => {
    const { assets } = app.deps;
    let isFull = true;
    const full: AssetStore['write'] = (bytes) =>
      isFull ? Promise.reject(new AppError('unavailable', { message: 'The disk for pictures is full.' })) : assets.write(bytes);
    const paid = app.sandbox.fal.paid().length;
    const id = await request('fal-ltx-2.3-fast', { prompt: 'it is large' });
    const deps = { ...app.deps, assets: { ...assets, write: full } };
    await expect(runNow(deps, id)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(await view(id)).toMatchObject({ state: 'storing', cost: 'charged', error: expect.stringMatching(/disk for pictures is full/) });
    isFull = false;
    await runNow(deps, id);
    expect(await view(id)).toMatchObject({ state: 'done', assets: [{ mediaType: 'video/webm', seconds: 6 }] });
    expect(app.sandbox.fal.paid()).toHaveLength(paid + 1);
    await expectMoneyRight(app.deps);
  });
});
