import { createVideoFiles } from '#server/providers/video-files/probe-video.ts';
import { drawSandboxVideo } from '#server/sandbox/drawn-video.ts';
import { launchChromium } from '#tests/support/chromium.ts';
import { flatPicture, quarteredPicture } from '#tests/support/studio/pictures.ts';
import { expect, test } from 'vitest';

const { probeVideo } = createVideoFiles();

test.each([
  ['landscape', 96, 64, undefined, { width: 320, height: 214 }],
  ['portrait', 60, 120, undefined, { width: 160, height: 320 }],
  ['cropped to 16:9', 96, 96, 16 / 9, { width: 320, height: 180 }],
])('a video of the sandbox tells its size and its length: %s', async (_name, width, height, ratio, size) => {
  const file = await drawSandboxVideo({ picture: await quarteredPicture(width, height), seconds: 6, ratio });
  expect(await probeVideo(file)).toEqual({ mediaType: 'video/webm', seconds: 6, ...size });
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
    await expect(probeVideo(file), name).rejects.toMatchObject({ code: 'invalid_input', field: 'video' });
});

test('a video of the sandbox plays in a browser to its end, and can be sought', async () => {
  const file = await drawSandboxVideo({ picture: await quarteredPicture(), seconds: 4 });
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
