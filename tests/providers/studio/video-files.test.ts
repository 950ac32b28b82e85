import { createVideoFiles } from '#server/providers/video-files/bare-video.ts';
import { drawSandboxVideo, SANDBOX_PLACE, SANDBOX_TAGS } from '#server/sandbox/drawn-video.ts';
import { launchChromium } from '#tests/support/chromium.ts';
import { flatPicture, quarteredPicture } from '#tests/support/studio/pictures.ts';
import { BufferSource, BufferTarget, EncodedPacketSink, EncodedVideoPacketSource, Input, MP4, Mp4OutputFormat, Output, WEBM } from 'mediabunny';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';

const { bareVideo } = createVideoFiles();

/** What a player shows and plays: the packets of every track with their times. */
async function packetsOf(file: Uint8Array) {
  using input = new Input({ formats: [MP4, WEBM], source: new BufferSource(file) });
  const tracks = await input.getTracks();
  return await Promise.all(
    tracks.map(async (track) => {
      const packets: unknown[] = [];
      if (track.isVideoTrack() || track.isAudioTrack())
        for await (const { timestamp, duration, type, data } of new EncodedPacketSink(track).packets())
          packets.push([timestamp.toFixed(3), duration.toFixed(3), type, createHash('sha256').update(data).digest('hex')]);
      return [track.type, packets];
    }),
  );
}

/** The same pictures as an MP4 with everything that a phone writes beside them. */
async function phoneVideo(webm: Uint8Array): Promise<Buffer> {
  using input = new Input({ formats: [WEBM], source: new BufferSource(webm) });
  const track = (await input.getPrimaryVideoTrack())!;
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ metadataFormat: 'mdta' }), target });
  const source = new EncodedVideoPacketSource((await track.getCodec())!);
  output.addVideoTrack(source, { name: 'Phone of Ada' });
  output.setMetadataTags({ ...SANDBOX_TAGS, date: new Date('2024-05-05'), raw: { 'com.apple.quicktime.location.ISO6709': SANDBOX_PLACE } });
  await output.start();
  const decoderConfig = (await track.getDecoderConfig())!;
  for await (const packet of new EncodedPacketSink(track).packets()) await source.add(packet, { decoderConfig });
  await output.finalize();
  const xmp = Buffer.from('<x:xmpmeta>Phone of Ada</x:xmpmeta>');
  const head = Buffer.alloc(24);
  head.writeUInt32BE(head.length + xmp.length);
  head.write('uuid', 4, 'latin1');
  return Buffer.concat([Buffer.from(target.buffer!), head, xmp]);
}

test.each(['WebM', 'MP4'])('a %s keeps every picture with its time and loses tags, place, names and times', async (kind) => {
  const webm = await drawSandboxVideo({ picture: await quarteredPicture(), seconds: 4 });
  const file = kind === 'MP4' ? await phoneVideo(webm) : webm;
  const secrets = [SANDBOX_PLACE, ...Object.values(SANDBOX_TAGS), ...(kind === 'MP4' ? ['Phone of Ada'] : [])];
  for (const words of secrets) expect(file.includes(words), words).toBe(true);
  const { bytes, ...facts } = await bareVideo(file);
  expect(facts).toEqual({ mediaType: kind === 'MP4' ? 'video/mp4' : 'video/webm', seconds: 4, width: 320, height: 214 });
  const bare = Buffer.from(bytes);
  for (const words of secrets) expect(bare.includes(words), words).toBe(false);
  expect(await packetsOf(bare)).toEqual(await packetsOf(file));
  // Made twice it is one file; and nothing is left to take away.
  expect(Buffer.from((await bareVideo(file)).bytes).equals(bare)).toBe(true);
  expect(Buffer.from((await bareVideo(bare)).bytes).equals(bare)).toBe(true);
  if (kind !== 'MP4') return;
  for (const box of ['mvhd', 'tkhd', 'mdhd']) {
    const at = bare.indexOf(box);
    expect([box, at > 0, bare.readUInt32BE(at + 8), bare.readUInt32BE(at + 12)]).toEqual([box, true, 0, 0]);
    expect(file.readUInt32BE(file.indexOf(box) + 8)).not.toBe(0);
  }
});

test.each([
  ['landscape', 96, 64, undefined, { width: 320, height: 214 }],
  ['portrait', 60, 120, undefined, { width: 160, height: 320 }],
  ['cropped to 16:9', 96, 96, 16 / 9, { width: 320, height: 180 }],
])('a video of the sandbox tells its size and its length: %s', async (_name, width, height, ratio, size) => {
  const file = await drawSandboxVideo({ picture: await quarteredPicture(width, height), seconds: 6, ratio });
  expect(await bareVideo(file)).toMatchObject({ mediaType: 'video/webm', seconds: 6, ...size });
});

test('what is no whole video is refused, whatever it calls itself', async () => {
  const whole = await drawSandboxVideo({ picture: await quarteredPicture(), seconds: 6 });
  const files = {
    'an empty file': Buffer.alloc(0),
    words: Buffer.from('not a video'),
    'a picture': await flatPicture(10, 10, '#336699'),
    'its first half': whole.subarray(0, whole.length / 2),
    'all but its last frame': whole.subarray(0, whole.length - 400),
    'its head': whole.subarray(0, 100),
    'an MP4 without anything in it': Buffer.from('00000018667479706d703432000000006d70343269736f6d', 'hex'),
  };
  for (const [name, file] of Object.entries(files))
    await expect(bareVideo(file), name).rejects.toMatchObject({ code: 'invalid_input', field: 'video' });
});

test('a video of the sandbox plays in a browser to its end, and can be sought', async () => {
  const file = Buffer.from((await bareVideo(await drawSandboxVideo({ picture: await quarteredPicture(), seconds: 4 }))).bytes);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.setContent(`<video muted playsinline src="data:video/webm;base64,${file.toString('base64')}"></video>`);
    const played = await page.evaluate<unknown>(`(async () => {
      const video = document.querySelector('video');
      const until = (name) => new Promise((resolve, reject) => { video.addEventListener(name, resolve, { once: true }); video.addEventListener('error', () => reject(video.error), { once: true }); });
      if (video.readyState < 1) await until('loadedmetadata');
      const size = [video.videoWidth, video.videoHeight, video.duration];
      const sought = until('seeked');
      video.currentTime = 3;
      await sought;
      const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 214 });
      const pen = canvas.getContext('2d');
      pen.drawImage(video, 0, 0);
      const [red, green, blue] = pen.getImageData(20, 20, 1, 1).data;
      const ended = until('ended');
      await video.play();
      await ended;
      return { size, isRed: red > 150 && green < 100 && blue < 100 };
    })()`);
    expect(played).toEqual({ size: [320, 214, 4], isRed: true });
  } finally {
    await browser.close();
  }
}, 60_000);
