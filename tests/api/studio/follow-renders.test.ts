import { followRenders } from '#server/use-cases/studio/renders/follow-renders.ts';
import type { RenderView } from '#shared/contracts/studio/render-views.ts';
import type { UserId } from '#shared/ids.ts';
import { expect, test } from 'vitest';
import { QUEUED, startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';

/** Follows a person's renders until one satisfies the condition; returns all that were sent. */
async function follow(app: StudioApp, id: UserId, isLast: (view: RenderView) => boolean): Promise<RenderView[]> {
  const seen: RenderView[] = [];
  const stop = new AbortController();
  for await (const view of followRenders(app.deps, { actor: { kind: 'user', userId: id, isAdmin: false } }, stop.signal)) {
    seen.push(view);
    if (isLast(view)) break;
  }
  return seen;
}

test('a person sees every step of their renders as it happens, and nobody else’s', async () => {
  await using app = await startStudioApp();
  const [ada, ben] = [await app.person('Ada'), await app.person('Ben')];
  await ben.generation.studio.request(QUEUED);
  const [first] = await ada.generation.studio.request(QUEUED);
  const seen = follow(app, ada.id, (view) => view.finishedAt !== null);
  await app.runJobs();
  const views = await seen;
  expect(new Set(views.map(({ id }) => id))).toEqual(new Set([first!.id]));
  expect(views.at(-1)).toMatchObject({ state: 'done', assets: [{ mediaType: 'image/png' }] });
});

test('a device that comes later gets what is in progress and what ended, oldest first', async () => {
  await using app = await startStudioApp();
  const ada = await app.person('Ada');
  const [ended] = await ada.generation.studio.request(QUEUED);
  await app.runJobs();
  const [open] = await ada.generation.studio.request(QUEUED);
  const views = await follow(app, ada.id, ({ id }) => id === open!.id);
  expect(views.map(({ id, state }) => [id, state])).toEqual([
    [ended!.id, 'done'],
    [open!.id, 'queued'],
  ]);
});

test('a stranger cannot follow renders', async () => {
  await using app = await startStudioApp();
  expect(() => followRenders(app.deps, { actor: { kind: 'anonymous' } }, new AbortController().signal)).toThrow(
    expect.objectContaining({ code: 'unauthenticated' }),
  );
});
