import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawn, expectAccessible, heading, JPEG_BYTES_MAX, openCoverStudio, PLAYLIST_NAME, shownCover } from './cover-studio.ts';
import type { CoverStudio } from './cover-studio.ts';
import { openPage, signIn } from './screens-app.ts';

const OWN_WORDS = 'Titles and picture prompt from Segue’s own lexicon.';

let studio: CoverStudio;

beforeAll(async () => {
  studio = await openCoverStudio();
}, 300_000);

afterAll(() => studio[Symbol.asyncDispose]());

/** Words of the model, or of Segue with the reason; either way there are three titles and a prompt. */
async function chooseWords(page: Page, isGeminiDown: boolean): Promise<void> {
  await signIn(page, '/covers');
  await page.getByLabel('Playlist or album').fill(studio.playlist.link);
  await page.keyboard.press('Enter');
  await heading(page, PLAYLIST_NAME);
  await page.getByRole('link', { name: 'Continue to words' }).click();
  await page.getByText(isGeminiDown ? OWN_WORDS : 'Proposed by gemini-3.8-flash.').waitFor();
  if (isGeminiDown) {
    await page.getByText('The text model could not be used: Gemini has a server error. Ask for three more titles to try it again.').waitFor();
    await expectAccessible(page, 'words of Segue');
  }
  await expect.poll(() => page.getByRole('radiogroup', { name: 'Titles' }).getByRole('radio').count()).toBe(3);
  await page.getByRole('button', { name: 'Use this title' }).click();
}

/** A picture of Stability, or one drawn by Segue after the page has said when Stability is asked again. */
async function choosePicture(page: Page, isStabilityDown: boolean): Promise<void> {
  await page.getByRole('radio', { name: /^Stable Image Core/ }).click();
  expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toContain('No text, no logos, no real people.');
  await page.getByRole('button', { name: 'Render a picture' }).click();
  await page.getByRole('button', { name: 'Cancel, no cost' }).waitFor();
  await studio.app.runJobs();
  if (isStabilityDown) {
    await page
      .getByText(/^Stability has a server error\. Segue sends the request again at (\S+, )?\d\d:\d\d UTC\. Nothing is charged until then\.$/)
      .waitFor();
    await page.getByText('Pictures drawn by Segue need no model and are free.').waitFor();
    await expectAccessible(page, 'a vendor that is down');
    await page.getByRole('button', { name: 'Cancel it and use one drawn by Segue' }).click();
    await drawn(page);
  }
  const group = isStabilityDown ? 'Pictures drawn by Segue' : 'Pictures of models';
  const picture = page.getByRole('radiogroup', { name: group }).getByRole('radio').first();
  await picture.waitFor({ state: 'attached' });
  await picture.click({ force: true });
  await page.getByRole('link', { name: 'Continue to type' }).click();
}

async function uploadCover(page: Page): Promise<void> {
  await page.getByRole('img', { name: /^Cover with the title/ }).waitFor();
  await page.getByRole('link', { name: 'Continue to upload' }).click();
  await page.getByRole('button', { name: 'Preview upload' }).click();
  await page.getByRole('button', { name: 'Upload cover' }).click();
  await page.getByText('Spotify shows the cover.').waitFor();
}

test.each([
  ['Gemini', ['gemini']],
  ['Stability', ['stability']],
  ['both Gemini and Stability', ['gemini', 'stability']],
] as const)(
  'with %s down a link still becomes a cover on Spotify, and the page says what took its place',
  async (_name, down) => {
    const { sandbox } = studio.app;
    const isDown = (vendor: 'gemini' | 'stability') => down.some((one) => one === vendor);
    const before = await shownCover(studio).catch(() => undefined);
    const paidBefore = sandbox.stability.paid().length;
    if (isDown('gemini')) sandbox.gemini.failNext({ plays: 'overloaded', times: Number.POSITIVE_INFINITY });
    if (isDown('stability')) sandbox.stability.failNext({ plays: 'internal', times: Number.POSITIVE_INFINITY });
    await using tab = await openPage(studio, { width: 1440, theme: 'light', motion: 'reduce' });
    try {
      await chooseWords(tab.page, isDown('gemini'));
      await choosePicture(tab.page, isDown('stability'));
      await uploadCover(tab.page);
    } finally {
      sandbox.gemini.clearFaults();
      sandbox.stability.clearFaults();
    }
    const bytes = await shownCover(studio);
    expect(Array.from(bytes.slice(0, 2))).toEqual([0xff, 0xd8]);
    expect(bytes.length).toBeLessThanOrEqual(JPEG_BYTES_MAX);
    expect(bytes).not.toEqual(before);
    expect(sandbox.stability.paid().length - paidBefore).toBe(isDown('stability') ? 0 : 1);
    // Nothing is sent later, behind the person's back.
    const { items } = await studio.app.admin.generation.studio.list({ limit: 5 });
    expect(items[0]).toMatchObject(isDown('stability') ? { state: 'canceled', cost: 'refunded' } : { state: 'done', cost: 'charged' });
    expect(tab.complaints).toEqual([]);
  },
  300_000,
);
