import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { expectFits, openDiscovery, signInListener } from './discovery-app.ts';
import type { Discovery } from './discovery-app.ts';
import { openPage, signIn } from './screens-app.ts';

vi.setConfig({ testTimeout: 300_000 });

let discovery: Discovery;
beforeAll(async () => {
  discovery = await openDiscovery();
}, 300_000);
afterAll(() => discovery[Symbol.asyncDispose]());

test('a listener submits albums and follows them live; the operator approves one and refuses one with a reason; bad links say what is wrong', async () => {
  const [wanted = '', unwanted = ''] = discovery.moreAlbums;
  await using listening = await openPage(discovery, { width: 390, theme: 'dark', motion: 'reduce' });
  await using deciding = await openPage(discovery, { width: 1440, theme: 'light', motion: 'reduce' });
  const [{ page: listener }, { page: operator }] = [listening, deciding];
  await signInListener(listener, '/discover/submit');
  const submit = async (link: string) => {
    await listener.getByLabel('Link of the album').fill(link);
    await listener.getByRole('button', { name: 'Submit album' }).click();
  };
  await submit('https://open.spotify.com/track/4rOoJ6Egrf8K2IrywzwOMk');
  await expect.poll(() => listener.getByLabel('Link of the album').getAttribute('aria-invalid')).toBe('true');
  const own = listener.getByRole('list', { name: 'Your submissions' }).getByRole('listitem');
  await submit(wanted);
  await expect.poll(() => own.count()).toBe(1);
  await submit(unwanted);
  await expect.poll(() => own.count()).toBe(2);
  await listener.getByText('3 albums of 5 left today').waitFor();
  await expectFits(listener, 'submissions of a listener');

  await signIn(operator, '/admin/intake');
  const waiting = operator.getByRole('list', { name: 'Waiting submissions' }).getByRole('listitem');
  await expect.poll(() => waiting.count()).toBe(2);
  await expectFits(operator, 'waiting submissions');
  await waiting
    .filter({ hasText: unwanted.slice(-22) })
    .getByRole('button', { name: /^Refuse/ })
    .click();
  await operator.getByLabel('Reason').fill('A collection of ringtones.');
  await operator.getByRole('button', { name: 'Refuse', exact: true }).click();
  await own.filter({ hasText: 'A collection of ringtones.' }).waitFor();
  await waiting.getByRole('button', { name: /^Approve/ }).click();
  await expect.poll(() => waiting.count()).toBe(0);
  await discovery.app.runJobs();
  await own.filter({ hasText: 'Imported.' }).waitFor();

  await operator.getByLabel('Albums per person and day').fill('2');
  await operator.getByRole('button', { name: 'Save rules' }).click();
  await listener.reload();
  await listener.getByText('0 albums of 2 left today').waitFor();
  // Chromium itself reports the refused link.
  expect(listening.complaints).toEqual([expect.stringMatching(/status of 400/)]);
  expect(deciding.complaints).toEqual([]);
});
