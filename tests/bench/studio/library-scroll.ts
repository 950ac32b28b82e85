import { createApp } from '#server/app.ts';
import { openHttpListener } from '#server/http/http-listener.ts';
import { uploadPicture } from '#server/use-cases/studio/upload-picture.ts';
import { launchChromium } from '#tests/support/chromium.ts';
import { openInstance } from '#tests/support/processes/instance.ts';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';
import { sql } from 'drizzle-orm';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { build } from 'vite';
import { reportFigure } from '../figures.ts';

const CONFIG = fileURLToPath(new URL('../../../vite.config.ts', import.meta.url));
const TILES = 2_000;
const TASK_GOAL_MS = 50;
const BLANK_GOAL_MS = 300;
const KEY = 'a-key-of-this-bench-0123456789-0123456789';

interface Scrolled {
  readonly longestTaskMs: number;
  readonly longestBlankMs: number;
  readonly tiles: number;
}

/** Scrolls through 2,000 tiles in Chromium, 60 pixels a frame: the longest task of the page, and the longest time without any tile in the window. */
export async function measureLibraryScroll(databaseUrl: string, sandbox: Readonly<Record<string, string>>): Promise<void> {
  using folder = temporaryFolder();
  const webRoot = path.join(folder.path, 'web');
  process.env['NODE_ENV'] = 'production';
  await build({ configFile: CONFIG, logLevel: 'silent', mode: 'production', build: { outDir: webRoot, emptyOutDir: true } });
  const listener = await openHttpListener({ host: '127.0.0.1', port: 0 });
  const deps = openInstance(databaseUrl, sandbox, { variables: { SEGUE_HOME: folder.path, PUBLIC_URL: listener.url, ADMIN_API_KEY: KEY } });
  listener.serve(createApp(deps, { webRoot }));
  const picture = sharp({
    create: { width: 1_024, height: 768, channels: 3, background: '#31406f', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
  });
  const { asset } = await uploadPicture(deps, { kind: 'admin_key' }, await picture.png().toBuffer());
  await deps.db.execute(sql`
    insert into assets (id, sha256, media_type, bytes, width, height, origin, prompt, thumbhash, created_at)
    select gen_random_uuid(), sha256, media_type, bytes, 400 + 40 * (n % 13), 400, 'upload', 'scrolling ' || n, thumbhash, created_at - n * interval '1 minute'
    from assets, generate_series(1, ${TILES}) n where id = ${asset}::uuid`);
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, baseURL: listener.url });
  await page.goto('/sign-in?returnTo=/library?q=scrolling');
  await page.getByLabel('Admin key').fill(KEY);
  await page.getByRole('button', { name: 'Sign in with the key' }).click();
  await page.getByRole('listitem').first().waitFor();
  // Below the fold everything is loaded by scrolling alone.
  const { longestTaskMs, longestBlankMs, tiles } = await page.evaluate<Scrolled>(`(async (wanted) => {
    let longestTaskMs = 0, longestBlankMs = 0, blankSince, tiles = 0;
    new PerformanceObserver((list) => { for (const task of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, task.duration); }).observe({ type: 'longtask' });
    while (tiles < wanted) {
      const at = await new Promise((resolve) => requestAnimationFrame(resolve));
      scrollBy(0, 60);
      const isShown = [200, 350, 500, 650].some((y) => document.elementsFromPoint(300, y).some((one) => one.closest('[role=listitem]')));
      if (isShown) blankSince = undefined;
      else { blankSince ??= at; longestBlankMs = Math.max(longestBlankMs, at - blankSince); }
      for (const one of document.querySelectorAll('[role=listitem]')) tiles = Math.max(tiles, Number(one.getAttribute('aria-posinset')));
    }
    return { longestTaskMs, longestBlankMs, tiles };
  })(${TILES})`);
  reportFigure('library.scrolled_tiles', tiles, { atLeast: TILES });
  reportFigure('library.longest_task_ms', longestTaskMs, { atMost: TASK_GOAL_MS });
  reportFigure('library.longest_blank_ms', longestBlankMs, { atMost: BLANK_GOAL_MS });
  await browser.close();
  await listener.close();
  await deps.close();
}
