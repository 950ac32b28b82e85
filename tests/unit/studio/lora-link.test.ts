import { saveLoraFileInput } from '#shared/contracts/studio/loras.ts';
import type { SaveLoraFileInput } from '#shared/contracts/studio/loras.ts';
import { requireLoraBase } from '#shared/domain/studio/loras/lora-bases.ts';
import { readLoraLink } from '#shared/domain/studio/loras/lora-link.ts';
import { MODELS, requireModel } from '#shared/domain/studio/models/index.ts';
import { expect, test } from 'vitest';

test.each([
  ['https://huggingface.co/o/n/resolve/main/a.safetensors', 'https://huggingface.co/o/n/resolve/main/a.safetensors'],
  ['  HTTPS://HuggingFace.co/o/n/resolve/main/a.safetensors?download=true ', 'https://huggingface.co/o/n/resolve/main/a.safetensors?download=true'],
  [
    'https://civitai.com/api/download/models/12?type=Model&format=SafeTensor',
    'https://civitai.com/api/download/models/12?type=Model&format=SafeTensor',
  ],
])('a link of a known host is taken: %s', (given, stored) => {
  expect(readLoraLink(given)).toBe(stored);
});

test.each([
  ['http://huggingface.co/a/b.safetensors', 'https://'],
  ['file:///etc/passwd', 'https://'],
  ['https://127.0.0.1/a.safetensors', 'allowed host'],
  ['https://10.0.0.8/a.safetensors', 'allowed host'],
  ['https://[::1]/a.safetensors', 'numeric address'],
  ['https://0x7f000001/a.safetensors', 'allowed host'],
  ['https://2130706433/a.safetensors', 'allowed host'],
  ['https://localhost/a.safetensors', 'allowed host'],
  ['https://169.254.169.254/latest/meta-data', 'allowed host'],
  ['https://huggingface.co.evil.example/a.safetensors', 'allowed host'],
  ['https://evil.example/huggingface.co/a.safetensors', 'allowed host'],
  ['https://huggingface.co./a.safetensors', 'allowed host'],
  ['https://huggingface.co:8443/a.safetensors', 'port'],
  ['https://huggingface.co:443@evil.example/a.safetensors', 'user name'],
  ['https://me:secret@huggingface.co/a.safetensors', 'user name'],
  ['https://huggingface.co\\@evil.example/a.safetensors', 'character'],
  ['https://huggingface.co/a b.safetensors', 'character'],
  ['https://huggingfаce.co/a.safetensors', 'character'],
  ['https://huggingface.co/a.safetensors#evil', 'not a link'],
  ['https://huggingface.co', 'not a link'],
  ['https:huggingface.co/a', 'not a link'],
  ['https://civitai.com/api/download/models/12?token=abc', 'token'],
  ['https://civitai.com/api/download/models/12?a=b&%74oken=abc', 'token'],
  ['https://civitai.com/api/download/models/12?API_KEY=abc', 'token'],
  ['https://huggingface.co/a.safetensors?X-Amz-Signature=abc', 'token'],
  ['https://huggingface.co/o/n/resolve/main/a.ckpt', 'run code'],
  ['https://huggingface.co/o/n/resolve/main/pytorch_lora.bin?download=true', 'run code'],
  ['https://huggingface.co/o/n/resolve/main/a%2Ept', 'run code'],
  [`https://huggingface.co/${'a'.repeat(1000)}`, 'longer'],
  ['', 'character'],
])('a link that could reach or reveal something else is refused: %s', (given, reason) => {
  expect(() => readLoraLink(given)).toThrow(
    expect.objectContaining({ code: 'invalid_input', field: 'url', message: expect.stringContaining(reason) as string }),
  );
});

test('a LoRA is refused for every model whose layers it does not fit, with the models that take it', () => {
  const accepted = MODELS.filter((model) => {
    try {
      requireLoraBase(model, { name: 'Ink', base: 'z-image' });
      return true;
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid_input', field: 'loras', remedy: expect.stringContaining('Z-Image Turbo with LoRA') as string });
      return false;
    }
  });
  expect(accepted.map(({ id }) => id)).toEqual(['fal-z-image-turbo-lora', 'fal-z-image-turbo-inpaint-lora']);
  expect(() => requireLoraBase(requireModel('fal-flux-2-lora'), { name: 'Ink', base: 'flux-2-dev' })).not.toThrow();
});

const fileInput = (fileName: string): SaveLoraFileInput => ({ name: 'Ink', fileName, triggers: [], defaultWeight: 1 });

test('a LoRA file is named by a plain name, never by a path', () => {
  expect(saveLoraFileInput.safeParse(fileInput('ink (v2).safetensors')).success).toBe(true);
  for (const name of ['../ink', '/etc/passwd', 'a/b', 'a\\b', '.hidden', '', 'a\u0000', 'a'.repeat(201)])
    expect(saveLoraFileInput.safeParse(fileInput(name)).error?.issues[0]?.path, name).toEqual(['fileName']);
});
