import { expect, test } from 'vitest';
import { cancelRender } from '#server/use-cases/studio/renders/cancel-render.ts';
import { renderId } from '#shared/ids.ts';
import { DIRECT, expectMoneyRight, QUEUED, runNow, startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';

const admitted = async (app: StudioApp) => (await app.rows()).filter((row) => row.admittedAt !== null && row.finishedAt === null);

/** Finishes the renders that hold places, one after the other, and returns whose they were. */
async function serve(app: StudioApp, count: number): Promise<string[]> {
  const served: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const [next] = (await admitted(app)).toSorted(
      (a, b) => a.admittedAt!.getTime() - b.admittedAt!.getTime() || a.createdAt.getTime() - b.createdAt.getTime(),
    );
    if (!next) break;
    served.push(next.userId ?? 'operator');
    await runNow(app.deps, next.id);
  }
  return served;
}

test('a hundred renders of one person do not delay the first of another: it gets a place at once', async () => {
  await using app = await startStudioApp({ studio: { rendersPerMonth: null, usdMicrosPerMonth: null } });
  const [ada, ben] = [await app.person('Ada'), await app.person('Ben')];
  for (let i = 0; i < 13; i += 1) await ada.generation.studio.request({ ...QUEUED, copies: i < 12 ? 8 : 4 });
  expect(await admitted(app)).toHaveLength(4);
  const [first] = await ben.generation.studio.request(QUEUED);
  expect((await admitted(app)).map(({ userId }) => userId)).toEqual([ada.id, ada.id, ada.id, ada.id, ben.id]);
  expect((await ben.generation.studio.view({ renderId: first!.id })).doing).toBe('Starting');
  const waiting = (await ada.generation.studio.list({ limit: 1 })).items[0];
  expect(waiting?.doing).toBe('Waiting for a free place at fal');
});

test('people who wait for the same places get them in turn, however many renders each has', async () => {
  await using app = await startStudioApp({ studio: { rendersPerMonth: null, usdMicrosPerMonth: null } });
  const [ada, ben, cleo] = [await app.person('Ada'), await app.person('Ben'), await app.person('Cleo')];
  await ada.generation.studio.request({ ...DIRECT, copies: 8 });
  await ben.generation.studio.request({ ...DIRECT, copies: 6 });
  await cleo.generation.studio.request({ ...DIRECT, copies: 2 });
  // Stability draws three at a time, at most two of one person.
  expect(await admitted(app)).toHaveLength(3);
  const served = await serve(app, 16);
  expect(served).toHaveLength(16);
  const until = (name: string, count: number) =>
    served.reduce((at, id, index) => (id === name && served.slice(0, index + 1).filter((one) => one === name).length === count ? index : at), -1);
  expect(until(cleo.id, 1)).toBeLessThanOrEqual(4);
  expect(until(cleo.id, 2)).toBeLessThanOrEqual(7);
  // While all wait, nobody is served more than twice more often than another.
  for (let end = 3; end < 9; end += 1) {
    const counts = [ada.id, ben.id].map((id) => served.slice(0, end).filter((one) => one === id).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
  }
  await expectMoneyRight(app.deps);
});

test('places are counted over all processes, and never more are given than there are', async () => {
  await using app = await startStudioApp({ studio: { rendersPerMonth: null, usdMicrosPerMonth: null } });
  const people = await Promise.all(['Ada', 'Ben', 'Cleo', 'Dan', 'Eve'].map((name) => app.person(name)));
  await Promise.all(people.flatMap((one) => [1, 2, 3].map(() => one.generation.studio.request({ ...QUEUED, copies: 3 }))));
  const held = await admitted(app);
  expect(held).toHaveLength(8);
  for (const { id } of people) expect(held.filter(({ userId }) => userId === id).length).toBeLessThanOrEqual(4);
  await Promise.all(held.map(({ id }) => runNow(app.deps, id)));
  expect(await admitted(app)).toHaveLength(8);
});

test('a place that a cancellation, a refusal or a failure frees goes to the next in line', async () => {
  await using app = await startStudioApp({ vendor: { script: (count) => (count === 0 ? 'refuse' : 'cut') } });
  const ada = await app.person('Ada');
  const made = await ada.generation.studio.request({ ...DIRECT, copies: 5 });
  const isAdmitted = async (index: number) => (await app.row(made[made.length - 1 - index]!.id))?.admittedAt !== null;
  expect([await isAdmitted(1), await isAdmitted(2)]).toEqual([true, false]);
  await runNow(app.deps, made[4]!.id);
  expect([await isAdmitted(2), await isAdmitted(3)]).toEqual([true, false]);
  await runNow(app.deps, made[3]!.id);
  expect([await isAdmitted(3), await isAdmitted(4)]).toEqual([true, false]);
  await cancelRender(app.deps, { kind: 'user', userId: ada.id, isAdmin: false }, { renderId: renderId.parse(made[2]!.id) });
  expect(await isAdmitted(4)).toBe(true);
  await expectMoneyRight(app.deps);
});
