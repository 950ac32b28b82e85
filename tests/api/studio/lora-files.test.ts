import { findLoraPaths } from '#server/use-cases/studio/loras/lora-paths.ts';
import { createLoraFiles } from '#server/providers/lora-files/create-lora-files.ts';
import { requireModel } from '#shared/domain/studio/models/index.ts';
import { startTestApp } from '#tests/support/app.ts';
import { FLUX_LAYERS, safetensorsFile } from '#tests/support/studio/safetensors-file.ts';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

async function start(files: Readonly<Record<string, Buffer>>) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'segue-loras-'));
  for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(folder, name), bytes);
  const app = await startTestApp({ deps: { loraFiles: createLoraFiles(folder, () => new Date()) } });
  const dispose = async () => {
    await app[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  };
  return { ...app, folder, [Symbol.asyncDispose]: dispose };
}

const GOOD = safetensorsFile(FLUX_LAYERS, { metadata: { 'modelspec.trigger_phrase': 'scrnprnt' } });
const SDXL = safetensorsFile({ 'lora_unet_attn2_to_k.lora_down.weight': [2, 2048] });
const UNCLEAR = safetensorsFile({ 'unknown.lora_A.weight': [2, 11] });
const input = { name: 'Ink', triggers: [], defaultWeight: 1 };

test('files in the folder are listed with their base and triggers, pickles and links with the reason they are left out', async () => {
  await using app = await start({
    'good.safetensors': GOOD,
    'pickle.safetensors': Buffer.from('PK\u0003\u0004 and more'),
    'cut.safetensors': GOOD.subarray(0, 300),
  });
  await symlink('/etc/passwd', path.join(app.folder, 'link.safetensors'));
  const { files, folder } = await app.admin.generation.loras.list();
  expect(folder).toBe(app.folder);
  expect(files).toMatchObject([
    { fileName: 'cut.safetensors', kind: 'refused', reason: expect.stringContaining('cut off') as string },
    { fileName: 'good.safetensors', kind: 'readable', base: 'flux-1', triggers: ['scrnprnt'], savedAs: null, tensors: 2 },
    { fileName: 'pickle.safetensors', kind: 'refused', reason: expect.stringContaining('pickle') as string },
  ]);
});

test('a file is saved with its digest and its own base; it is not offered, because vendors cannot load it', async () => {
  await using app = await start({ 'good.safetensors': GOOD });
  const { id } = await app.admin.generation.loras.saveFile({ ...input, fileName: 'good.safetensors' });
  const sha256 = createHash('sha256').update(GOOD).digest('hex');
  expect((await app.admin.generation.loras.list()).loras).toMatchObject([
    { id, base: 'flux-1', source: { kind: 'file', sha256, fileName: 'good.safetensors', bytes: GOOD.length, isMissing: false } },
  ]);
  expect(await app.admin.generation.loras.offered()).toEqual([]);
  const values = { loras: [{ loraId: id, scale: 1 }] };
  await expect(findLoraPaths(app.deps, requireModel('fal-flux-lora'), values)).rejects.toMatchObject({ code: 'conflict', field: 'loras' });
  await rm(path.join(app.folder, 'good.safetensors'));
  expect((await app.admin.generation.loras.list()).loras).toMatchObject([{ source: { isMissing: true } }]);
});

test('a file of a wrong base, without a base, or outside the folder is refused with its field', async () => {
  await using app = await start({ 'good.safetensors': GOOD, 'sdxl.safetensors': SDXL, 'unclear.safetensors': UNCLEAR });
  const save = (fileName: string, base?: 'z-image') => app.admin.generation.loras.saveFile({ ...input, fileName, ...(base ? { base } : {}) });
  for (const [fileName, base, reason] of [
    ['sdxl.safetensors', undefined, /SDXL/],
    ['good.safetensors', 'z-image', /FLUX.1, not for Z-Image/],
    ['unclear.safetensors', undefined, /does not show/],
    ['missing.safetensors', undefined, /no such file/],
    ['../good.safetensors', undefined, /fileName/],
  ] as const)
    await expect(save(fileName, base), fileName).rejects.toThrow(reason);
  expect(await save('unclear.safetensors', 'z-image')).toMatchObject({ id: expect.any(String) as string });
});
