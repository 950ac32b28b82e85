import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assetId } from '#shared/ids.ts';
import { randomUUID } from 'node:crypto';
import { startStudioApp } from '#tests/support/studio/studio-app.ts';
import type { StudioApp } from '#tests/support/studio/studio-app.ts';

type Person = Awaited<ReturnType<StudioApp['person']>>;

let app: StudioApp;
let ada: Person;
let bob: Person;
const PROMPTS = ['a fox asleep beside a night bus', 'a lighthouse at night', 'umbrellas from above', '夜の港と灯台'];
const made = new Map<string, string>();

beforeAll(async () => {
  app = await startStudioApp();
  ada = await app.person('Ada');
  bob = await app.person('Bob');
  for (const prompt of PROMPTS) await ada.generation.studio.request({ model: 'fal-z-image-turbo', values: { prompt, seed: 7 } });
  await bob.generation.studio.request({ model: 'stability-core', values: { prompt: 'a night train of Bob' } });
  await app.runJobs();
  for (const { values, assets } of (await ada.generation.studio.list({})).items) made.set(JSON.stringify(values['prompt']), assets[0]!.id);
}, 120_000);
afterAll(() => app[Symbol.asyncDispose]());

const idOf = (prompt: string) => assetId.parse(made.get(JSON.stringify(prompt)));
const found = async (input: Parameters<Person['generation']['assets']['list']>[0]) => {
  const page = await ada.generation.assets.list(input);
  return { ...page, prompts: page.items.map(({ prompt }) => prompt) };
};

describe('the library', () => {
  test('finds pictures by the beginnings of the words of their prompts, newest first, and only the own', async () => {
    expect((await found({})).prompts).toEqual(PROMPTS.toReversed());
    expect(await found({ search: 'night' })).toMatchObject({ prompts: [PROMPTS[1], PROMPTS[0]], matching: 'words', count: 2 });
    expect((await found({ search: 'Nigh FOX' })).prompts).toEqual([PROMPTS[0]]);
    expect(await found({ search: '… !' })).toMatchObject({ prompts: [], count: 0 });
    expect((await bob.generation.assets.list({})).items.map(({ prompt }) => prompt)).toEqual(['a night train of Bob']);
  });

  test('finds similar words when no prompt has the words, and says so', async () => {
    expect(await found({ search: 'lighthuose' })).toMatchObject({ prompts: [PROMPTS[1]], matching: 'similar' });
    // Japanese has no spaces between words.
    expect((await found({ search: '灯台' })).prompts).toEqual([PROMPTS[3]]);
    expect(await found({ search: 'elephants' })).toMatchObject({ prompts: [], count: 0 });
    // Only the word that no prompt has is compared by likeness.
    expect(await found({ search: 'night lighthuose' })).toMatchObject({ prompts: [PROMPTS[1]], matching: 'similar', count: 1 });
    expect(await found({ search: 'fox lighthuose' })).toMatchObject({ prompts: [], count: 0 });
    expect(await found({ search: 'fox lighthouse' })).toMatchObject({ prompts: [], matching: 'words', count: 0 });
  });

  test('filters by model, task, kind, time, color and star', async () => {
    const all = { length: PROMPTS.length };
    expect((await found({ models: ['fal-z-image-turbo'], tasks: ['text_to_image'], kind: 'image', origins: ['render'] })).items).toMatchObject(all);
    const none = [{ models: ['stability-core'] }, { tasks: ['inpaint' as const] }, { kind: 'video' as const }, { origins: ['upload' as const] }];
    for (const input of [...none, { loras: ['x'] }, { since: new Date(Date.now() + 864e5).toISOString() }, { starred: true }])
      expect((await found(input)).items, JSON.stringify(input)).toEqual([]);
    const [first] = (await found({})).items;
    await ada.generation.assets.star({ ids: [first!.id], starred: true });
    expect((await found({ starred: true })).items).toMatchObject([{ id: first!.id, isStarred: true }]);
    await ada.generation.assets.star({ ids: [first!.id], starred: false });
    expect((await found({ starred: true })).items).toEqual([]);
    const facets = await ada.generation.assets.facets();
    expect(facets).toMatchObject({
      pictures: 4,
      videos: 0,
      models: [{ id: 'fal-z-image-turbo', count: 4 }],
      tasks: [{ task: 'text_to_image', count: 4 }],
    });
  });

  test('comes in pages that follow each other without a gap, also for the operator', async () => {
    for (const search of [undefined, 'night', 'nightt']) {
      const ids: string[] = [];
      let cursor: Awaited<ReturnType<typeof found>>['nextCursor'] = null;
      do {
        const page: Awaited<ReturnType<typeof found>> = await found({ limit: 1, search, ...(cursor ? { cursor } : {}) });
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor);
      const all = (await found({ search })).items.map(({ id }) => id);
      expect(all).toHaveLength(search === undefined ? PROMPTS.length : 2);
      expect(ids).toEqual(all);
    }
    expect((await app.admin.generation.assets.list({})).items).toEqual([]);
  });

  test('shows an asset with what repeats it, and not to another person', async () => {
    const id = idOf(PROMPTS[1]!);
    const view = await ada.generation.assets.view({ id });
    expect(view).toMatchObject({
      wholePrompt: PROMPTS[1],
      recipe: { model: 'fal-z-image-turbo', values: { prompt: PROMPTS[1], seed: 7 }, chargeUsdMicros: 5000, outputs: 1 },
      madeFrom: [],
      usedFor: [],
      restorableUntil: null,
    });
    for (const other of [bob.generation, app.admin.generation])
      await expect(other.assets.view({ id })).rejects.toMatchObject({ cause: { code: 'not_found' } });
    await expect(app.as({ kind: 'anonymous' }).generation.assets.view({ id })).rejects.toMatchObject({ cause: { code: 'unauthenticated' } });
    expect(await bob.generation.assets.star({ ids: [id], starred: true })).toEqual({ ids: [] });
    expect(await bob.generation.assets.remove({ ids: [id] })).toMatchObject({ ids: [] });
  });
});

describe('a remix', () => {
  test('repeats the settings with the seed of the picture, and names what another model cannot use', async () => {
    const id = idOf(PROMPTS[0]!);
    const same = await ada.generation.assets.remix({ id });
    expect(same).toMatchObject({ model: 'fal-z-image-turbo', task: 'text_to_image', values: { prompt: PROMPTS[0] }, unused: [] });
    expect(same.values['seed']).toBe(Number((await ada.generation.assets.view({ id })).seed));
    const other = await ada.generation.assets.remix({ id, model: 'gemini-nano-banana-2.1' });
    expect(other.values).toEqual({ prompt: PROMPTS[0] });
    expect(other.unused).toMatchObject([{ input: 'seed' }]);
    await expect(ada.generation.assets.remix({ id, model: 'nothing' })).rejects.toMatchObject({ cause: { code: 'invalid_input', field: 'model' } });
    const [repeated] = await ada.generation.studio.request({ model: same.model, task: same.task, values: { ...same.values } });
    expect(repeated).toMatchObject({ state: 'queued' });
  });
});

describe('a collection', () => {
  test('holds own pictures only, is renamed, filters the library, and leaves its pictures when it is deleted', async () => {
    const [one, two] = [idOf(PROMPTS[0]!), idOf(PROMPTS[1]!)];
    const theirs = (await bob.generation.assets.list({})).items[0]!.id;
    const { id, added } = await ada.generation.assets.collections.create({ name: 'Night', ids: [one, theirs] });
    expect(added).toBe(1);
    expect(await ada.generation.assets.collections.collect({ id, ids: [one, two, theirs] })).toEqual({ added: 1 });
    await ada.generation.assets.collections.rename({ id, name: 'After dark' });
    expect(await ada.generation.assets.collections.list()).toMatchObject([{ id, name: 'After dark', count: 2, sharing: 'private' }]);
    expect((await found({ collectionId: id })).prompts).toEqual([PROMPTS[1], PROMPTS[0]]);
    expect((await bob.generation.assets.list({ collectionId: id })).items).toEqual([]);
    expect(await ada.generation.assets.collections.discard({ id, ids: [one, one] })).toEqual({ removed: 1 });
    for (const call of [
      () => bob.generation.assets.collections.rename({ id, name: 'x' }),
      () => bob.generation.assets.collections.remove({ id }),
      () => bob.generation.assets.collections.collect({ id, ids: [theirs] }),
      () => bob.generation.assets.collections.discard({ id, ids: [two] }),
    ])
      await expect(call()).rejects.toMatchObject({ cause: { code: 'not_found' } });
    await ada.generation.assets.collections.remove({ id });
    expect(await ada.generation.assets.collections.list()).toEqual([]);
    expect((await found({})).items).toHaveLength(PROMPTS.length);
  });
});

test('nobody finds an asset by a guessed id', async () => {
  await expect(ada.generation.assets.view({ id: assetId.parse(randomUUID()) })).rejects.toMatchObject({ cause: { code: 'not_found' } });
});
