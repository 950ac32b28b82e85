import { createLoraFiles } from '#server/providers/lora-files/create-lora-files.ts';
import { LORA_BYTES_MAX, LORA_PART_BYTES } from '#shared/domain/studio/loras/upload-sizes.ts';
import { TEST_ADMIN_KEY, startTestApp } from '#tests/support/app.ts';
import { FLUX_LAYERS, safetensorsFile } from '#tests/support/studio/safetensors-file.ts';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

const GOOD = safetensorsFile(FLUX_LAYERS, { metadata: { 'modelspec.trigger_phrase': 'scrnprnt' } });
/** Of more than two parts. */
const LONG = safetensorsFile({ ...FLUX_LAYERS, 'transformer.single_transformer_blocks.1.attn.to_q.lora_B.weight': [3072, 3000] });

interface Part {
  readonly name?: string;
  readonly offset?: number;
  readonly total?: number;
  readonly range?: string;
  readonly headers?: Record<string, string>;
}

async function start() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'segue-loras-'));
  const app = await startTestApp({ http: true, deps: { loraFiles: createLoraFiles(folder, () => new Date()) } });
  const send = async (bytes: Buffer, { name = 'ink.safetensors', offset = 0, total = bytes.length, range, headers = {} }: Part = {}) => {
    const response = await fetch(`${app.baseUrl}/lora-files/${encodeURIComponent(name)}`, {
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: {
        'x-admin-api-key': TEST_ADMIN_KEY,
        'content-range': range ?? `bytes ${offset}-${offset + bytes.length - 1}/${total}`,
        ...headers,
      },
    });
    return {
      status: response.status,
      body: (await response.json()) as { receivedBytes?: number; error?: { message: string; field: string | null } },
    };
  };
  const dispose = async () => {
    await app[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  };
  return { ...app, folder, send, names: () => readdir(folder), [Symbol.asyncDispose]: dispose };
}

test('a file that is sent in parts is listed with its last one, as it was, and can be added', async () => {
  await using app = await start();
  expect(LONG.length).toBeGreaterThan(2 * LORA_PART_BYTES);
  for (let offset = 0; offset < LONG.length; offset += LORA_PART_BYTES) {
    expect((await app.admin.generation.loras.list()).files).toEqual([]);
    const part = LONG.subarray(offset, offset + LORA_PART_BYTES);
    const { status, body } = await app.send(part, { offset, total: LONG.length });
    expect([status, body.receivedBytes]).toEqual([200, offset + part.length]);
  }
  expect((await readFile(path.join(app.folder, 'ink.safetensors'))).equals(LONG)).toBe(true);
  expect(await app.names()).toEqual(['ink.safetensors']);
  await app.admin.generation.loras.saveFile({ name: 'Ink', fileName: 'ink.safetensors', triggers: [], defaultWeight: 1 });
  expect((await app.admin.generation.loras.list()).files).toMatchObject([{ kind: 'readable', base: 'flux-1', savedAs: 'Ink' }]);
  expect((await app.send(GOOD)).status).toBe(409);
  expect((await readFile(path.join(app.folder, 'ink.safetensors'))).equals(LONG)).toBe(true);
});

test.each([
  ['a pickle', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(64)]), /pickle/],
  ['a bare pickle', Buffer.from([0x80, 0x02, 0x7d, 0x71, 0x00, 0x28, 0x58, 0x01, 0x02]), /pickle/],
  ['a picture', Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(64)]), /impossible length/],
  ['a file without its end', GOOD.subarray(0, GOOD.length - 9), /cut off/],
  ['a whole model', safetensorsFile({ 'model.diffusion_model.input.weight': [4, 4] }), /no LoRA layers/],
  ['four bytes', Buffer.alloc(4), /too short/],
])('%s is refused by its content, and nothing stays on the disk', async (_name, bytes, reason) => {
  await using app = await start();
  const { status, body } = await app.send(bytes);
  expect([status, body.error?.message]).toEqual([400, expect.stringMatching(reason) as string]);
  expect(await app.names()).toEqual([]);
});

test('a pickle of gigabytes is refused with its first part', async () => {
  await using app = await start();
  const { status, body } = await app.send(Buffer.from('PK\u0003\u0004 and more of it'), { total: 1_500_000_000 });
  expect([status, body.error?.message]).toEqual([400, expect.stringContaining('pickle') as string]);
  expect(await app.names()).toEqual([]);
});

test('a part that does not fit, a name that is a path, a size beyond the limit and a stranger are refused with the reason', async () => {
  await using app = await start();
  const head = GOOD.subarray(0, 100);
  for (const [bytes, part, expected] of [
    [head, { offset: 100, total: GOOD.length }, [409, 'offset']],
    [head, { range: 'bytes 0-4/12288' }, [400, 'content-range']],
    [head, { range: 'all of it' }, [400, 'content-range']],
    [head, { total: 50 }, [409, 'offset']],
    [head, { name: '../ink.safetensors' }, [400, 'fileName']],
    [head, { name: '.ink.safetensors' }, [400, 'fileName']],
    [head, { total: LORA_BYTES_MAX + 1 }, [413, 'file']],
    [Buffer.alloc(LORA_PART_BYTES + 1), { total: LORA_BYTES_MAX }, [413, 'file']],
    [head, { headers: { 'x-admin-api-key': 'wrong' } }, [401, 'key']],
    [head, { headers: { 'sec-fetch-site': 'cross-site' } }, [403, null]],
  ] as const) {
    const { status, body } = await app.send(Buffer.from(bytes), part);
    expect([status, body.error?.field ?? null], JSON.stringify(part)).toEqual(expected);
  }
  expect((await app.names()).filter((name) => !name.startsWith('.part.'))).toEqual([]);
  // A part that arrives twice, or after another upload began again, does not mix two files.
  expect((await app.send(head, { total: GOOD.length })).status).toBe(200);
  expect((await app.send(head, { total: GOOD.length })).status).toBe(200);
  expect((await app.send(GOOD.subarray(100), { offset: 100, total: GOOD.length })).status).toBe(200);
  expect((await app.send(GOOD.subarray(100), { offset: 100, total: GOOD.length })).status).toBe(409);
  expect((await readFile(path.join(app.folder, 'ink.safetensors'))).equals(GOOD)).toBe(true);
});

test('an upload that nobody continued for a day is removed by the next one, a newer one is not', async () => {
  await using app = await start();
  for (const [name, ageMs] of [
    ['old', 25 * 3_600_000],
    ['new', 3_600_000],
  ] as const) {
    const file = path.join(app.folder, `.part.${name}.safetensors`);
    await writeFile(file, 'x');
    const at = new Date(Date.now() - ageMs);
    await utimes(file, at, at);
  }
  expect((await app.send(GOOD)).status).toBe(200);
  expect((await app.names()).toSorted()).toEqual(['.part.new.safetensors', 'ink.safetensors']);
});
