import { loraFacts } from '#shared/domain/studio/loras/lora-facts.ts';
import { FIRST_BYTES, readHeaderLength, readSafetensorsHeader } from '#shared/domain/studio/loras/safetensors-header.ts';
import { FLUX_LAYERS, rawSafetensors, safetensorsFile } from '#tests/support/studio/safetensors-file.ts';
import { AppError } from '#shared/errors.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';

function read(file: Buffer) {
  const headerBytes = readHeaderLength(file.subarray(0, FIRST_BYTES), file.length);
  return readSafetensorsHeader(file.subarray(8, 8 + headerBytes).toString('utf8'), { fileBytes: file.length, headerBytes });
}
const attempt = (file: Buffer) => {
  try {
    return { facts: loraFacts(read(file)) };
  } catch (error) {
    return { error };
  }
};
const tensor = (offsets: unknown, shape: unknown = [2], dtype: unknown = 'F16') => JSON.stringify({ a: { dtype, shape, data_offsets: offsets } });

test.each([
  ['a zip, as PyTorch saves models', Buffer.from('PK\u0003\u0004rest of the archive'), 'pickle'],
  ['a bare pickle', Buffer.from([0x80, 0x02, 0x7d, 0x71, 0x00, 0x28, 0x58, 0x01, 0x02]), 'pickle'],
  ['a pickle of protocol 4', Buffer.from([0x80, 0x04, 0x95, 0x10, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01]), 'length'],
  ['a gzip', Buffer.from([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0]), 'pickle'],
  ['an empty file', Buffer.alloc(0), 'too short'],
  ['four bytes', Buffer.alloc(4), 'too short'],
  ['a length beyond the file', rawSafetensors('{}', 0, 500n), 'cut off'],
  ['a length of exabytes', rawSafetensors('{}', 0, 2n ** 63n), 'impossible length'],
  ['a length of zero', rawSafetensors('{}', 8, 0n), 'cut off'],
  ['a header that is a list', rawSafetensors('[]', 0), 'no JSON header'],
  ['a header that is no JSON', rawSafetensors('{"a":', 8), 'not JSON'],
  ['a header of great depth', rawSafetensors(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 8), 'depth'],
  ['no tensors', rawSafetensors('{"__metadata__":{}}', 0), 'no tensors'],
  ['metadata that is a list', rawSafetensors('{"__metadata__":[]}', 0), 'metadata'],
  ['a gap at the start', rawSafetensors(tensor([4, 8]), 8), 'gaps'],
  ['data behind the tensors', rawSafetensors(tensor([0, 4]), 9), 'cut off'],
  ['data that is missing', rawSafetensors(tensor([0, 4]), 2), 'cut off'],
  ['offsets backwards', rawSafetensors(tensor([4, 0]), 4), 'size'],
  ['negative offsets', rawSafetensors(tensor([-4, 0]), 4), 'cannot be read'],
  ['offsets beyond whole numbers', rawSafetensors(tensor([0, 2 ** 60]), 4), 'cannot be read'],
  ['a shape that does not fit', rawSafetensors(tensor([0, 4], [3]), 4), 'size'],
  ['a shape of fractions', rawSafetensors(tensor([0, 4], [0.5]), 4), 'cannot be read'],
  ['an unknown type', rawSafetensors(tensor([0, 4], [2], '__proto__'), 4), 'cannot be read'],
  ['a tensor that is null', rawSafetensors('{"a":null}', 0), 'cannot be read'],
  ['a whole model', safetensorsFile({ 'model.diffusion_model.input.weight': [4, 4] }), 'no LoRA layers'],
])('a file that is no LoRA is refused with a reason: %s', (_name, file, reason) => {
  expect(attempt(file).error).toMatchObject({ code: 'invalid_input', field: 'fileName', message: expect.stringContaining(reason) as string });
});

test('two tensors must not share data', () => {
  const file = safetensorsFile(
    { 'a.lora_A.weight': [2], 'b.lora_A.weight': [2] },
    { change: (header) => Object.assign(header['b.lora_A.weight'] as object, { data_offsets: [0, 4] }) },
  );
  expect(attempt(file).error).toMatchObject({ message: expect.stringContaining('overlaps') as string });
});

test('no sequence of bytes makes the reader fail in another way', () => {
  const good = safetensorsFile(FLUX_LAYERS, { metadata: { ss_tag_frequency: '{"a":{"red":3}}' } });
  const odd: unknown[] = [];
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { minLength: 1, maxLength: 6 }), fc.nat(700), (changes, length) => {
      const file = Buffer.from(good.subarray(0, Math.max(length, 1)));
      for (const [at, byte] of changes) if (at < file.length) file[at] = byte;
      const { error } = attempt(file);
      if (error !== undefined && !(error instanceof AppError && error.code === 'invalid_input')) odd.push(error);
    }),
    { numRuns: 1_000 },
  );
  expect(odd).toEqual([]);
});

test.each([
  ['FLUX.1', FLUX_LAYERS, {}, 'flux-1'],
  ['FLUX.1', { 'lora_unet_double_blocks_0_img_attn_qkv.lora_down.weight': [2, 3072] }, {}, 'flux-1'],
  ['FLUX.2 dev', { 'transformer.transformer_blocks.0.attn.to_q.lora_A.weight': [2, 6144] }, {}, 'flux-2-dev'],
  ['FLUX.2 klein 4B', { 'transformer.single_transformer_blocks.0.attn.to_qkv_mlp_proj.lora_A.weight': [2, 3072] }, {}, null],
  ['Z-Image', { 'diffusion_model.layers.0.attention.to_q.lora_A.weight': [2, 3840] }, {}, 'z-image'],
  ['SDXL', { 'lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k.lora_down.weight': [2, 2048] }, {}, null],
  ['Stable Diffusion 1', { 'lora_unet_down_blocks_1_attn2_to_k.lora_down.weight': [2, 768] }, {}, null],
  ['Z-Image', { 'unknown.lora_A.weight': [2, 11] }, { 'modelspec.architecture': 'z-image-turbo/lora' }, 'z-image'],
  [null, { 'unknown.lora_A.weight': [2, 11] }, {}, null],
  ['FLUX.1', FLUX_LAYERS, { ss_base_model_version: 'sdxl_base_v1-0' }, 'flux-1'],
])('the shapes of the layers show the base model %s', (name, shapes, metadata, base) => {
  expect(loraFacts(read(safetensorsFile(shapes, { metadata })))).toMatchObject({ baseName: name, base });
});

test('triggers are what the author names; captions of the training are only suggestions, and both are plain words', () => {
  const metadata = {
    'modelspec.trigger_phrase': 'scrnprnt, <script>alert(1)</script>',
    ss_trigger_words: 'scrnprnt\nink\u202Eman',
    ss_tag_frequency: JSON.stringify({ one: { red: 2, scrnprnt: 90, blue: 5 }, two: { red: 9, bad: 'many' } }),
  };
  const { triggers, suggestions } = loraFacts(read(safetensorsFile(FLUX_LAYERS, { metadata })));
  expect(triggers).toEqual(['scrnprnt', 'script alert(1) /script', 'ink man']);
  expect(suggestions).toEqual(['red', 'blue']);
});
