import { findLoraPaths } from '#server/use-cases/studio/loras/lora-paths.ts';
import { LORA_HOSTS } from '#shared/domain/studio/loras/lora-link.ts';
import { requireModel } from '#shared/domain/studio/models/index.ts';
import type { UserId } from '#shared/ids.ts';
import { startTestApp } from '#tests/support/app.ts';
import { startStudioApp } from '#tests/support/studio/studio-app.ts';
import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, test } from 'vitest';

const LINK = 'https://huggingface.co/someone/style/resolve/main/style.safetensors';
const lora = { name: 'Screen print', url: LINK, base: 'flux-1' as const, triggers: ['scrnprnt', 'scrnprnt'], defaultWeight: 0.8 };
const listener = { kind: 'user', userId: randomUUID() as UserId, isAdmin: false } as const;

test('an operator adds a LoRA by its link, people see it with the models that take it, and not where it comes from', async () => {
  await using app = await startTestApp();
  const { id } = await app.admin.generation.loras.saveLink(lora);
  const { loras, hosts } = await app.admin.generation.loras.list();
  expect(hosts).toEqual(LORA_HOSTS);
  expect(loras).toMatchObject([{ id, active: true, source: { kind: 'link', url: LINK }, check: expect.stringContaining('Not checked') as string }]);
  const offered = await app.as(listener).generation.loras.offered();
  expect(offered).toEqual([
    {
      id,
      name: 'Screen print',
      base: 'flux-1',
      triggers: ['scrnprnt'],
      defaultWeight: 0.8,
      models: ['fal-flux-lora', 'fal-flux-lora-edit', 'fal-flux-lora-fill'],
    },
  ]);
});

test('a LoRA that is switched off is no longer offered, and one that is removed is gone', async () => {
  await using app = await startTestApp();
  const { id } = await app.admin.generation.loras.saveLink(lora);
  await app.admin.generation.loras.change({ id, active: false, name: 'Print' });
  expect(await app.as(listener).generation.loras.offered()).toEqual([]);
  expect((await app.admin.generation.loras.list()).loras).toMatchObject([{ name: 'Print', active: false, defaultWeight: 0.8 }]);
  await app.admin.generation.loras.remove({ id });
  for (const call of [() => app.admin.generation.loras.remove({ id }), () => app.admin.generation.loras.change({ id, active: true })])
    await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('two LoRAs cannot have one name, also when they are saved at the same moment', async () => {
  await using app = await startTestApp();
  const saved = await Promise.allSettled(['Ink', 'INK', 'ink', 'Ink'].map((name) => app.admin.generation.loras.saveLink({ ...lora, name })));
  expect(saved.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await app.admin.generation.loras.list()).loras).toHaveLength(1);
});

test('listeners cannot add, change or list LoRAs, and strangers see none', async () => {
  await using app = await startTestApp();
  const listeners = app.as(listener).generation.loras;
  const strangers = app.as({ kind: 'anonymous' }).generation.loras;
  for (const call of [() => listeners.list(), () => listeners.saveLink(lora), () => listeners.remove({ id: randomUUID() })])
    await expect(call()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  for (const call of [() => strangers.offered(), () => strangers.list()]) await expect(call()).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
});

test('a render finds where its LoRA is downloaded; one that is unknown, switched off or of another base is refused before anything is paid', async () => {
  await using app = await startTestApp();
  const { id } = await app.admin.generation.loras.saveLink(lora);
  const paths = (model: string, loraId = id) => findLoraPaths(app.deps, requireModel(model), { loras: [{ loraId, scale: 1 }] });
  expect(await paths('fal-flux-lora')).toEqual(new Map([[id, LINK]]));
  expect(await findLoraPaths(app.deps, requireModel('fal-flux-dev'), {})).toEqual(new Map());
  await expect(paths('fal-z-image-turbo-lora')).rejects.toMatchObject({
    code: 'invalid_input',
    field: 'loras',
    remedy: expect.stringContaining('FLUX.1 dev with LoRA') as string,
  });
  await expect(paths('fal-flux-lora', randomUUID())).rejects.toMatchObject({ code: 'not_found', field: 'loras' });
  await app.admin.generation.loras.change({ id, active: false });
  await expect(paths('fal-flux-lora')).rejects.toMatchObject({ code: 'conflict', field: 'loras' });
});

test('the file behind a link is never fetched, neither when it is added nor for a render: a change of it goes unseen, and the list says so', async () => {
  await using app = await startStudioApp({ isSandboxed: true });
  const { loras, studio } = app.admin.generation;
  const { id } = await loras.saveLink(lora);
  const request = { model: 'fal-flux-lora', values: { prompt: 'a boat', loras: [{ loraId: id, scale: 0.8 }] } };
  const addresses: string[] = [];
  const seen = (message: unknown) => {
    const { request: sent } = message as { readonly request?: { readonly host?: string; readonly origin?: string } };
    addresses.push(sent?.origin ?? sent?.host ?? '');
  };
  subscribe('http.client.request.start', seen);
  subscribe('undici:request:create', seen);
  try {
    await studio.request(request);
    await app.runJobs();
    await studio.request(request);
    await app.runJobs();
  } finally {
    unsubscribe('http.client.request.start', seen);
    unsubscribe('undici:request:create', seen);
  }
  // What the vendor was asked is all that left; both times with the link as it was given.
  expect(addresses.length).toBeGreaterThan(0);
  expect(addresses.filter((host) => /huggingface/u.test(host))).toEqual([]);
  expect(new Set((await app.rows()).map(({ state }) => state))).toEqual(new Set(['done']));
  expect(await findLoraPaths(app.deps, requireModel('fal-flux-lora'), request.values)).toEqual(new Map([[id, LINK]]));
  const [listed] = (await loras.list()).loras;
  expect(listed).toMatchObject({ checkedAt: null, check: expect.stringMatching(/does not download the link.*can change without notice/u) as string });
});
