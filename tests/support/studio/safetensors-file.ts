interface TensorPlan {
  readonly [name: string]: readonly number[];
}

/** A safetensors file of half floats, all zero. `change` edits the header before it is written. */
export function safetensorsFile(
  shapes: TensorPlan,
  options: { metadata?: Record<string, string>; change?: (header: Record<string, unknown>) => void } = {},
): Buffer {
  let at = 0;
  const header: Record<string, unknown> = options.metadata ? { __metadata__: options.metadata } : {};
  for (const [name, shape] of Object.entries(shapes)) {
    const bytes = shape.reduce((product, side) => product * side, 2);
    header[name] = { dtype: 'F16', shape, data_offsets: [at, at + bytes] };
    at += bytes;
  }
  options.change?.(header);
  return rawSafetensors(JSON.stringify(header), at);
}

/** A file with this header, whatever it is, and as many bytes of data. */
export function rawSafetensors(json: string, dataBytes: number, length?: bigint): Buffer {
  const text = Buffer.from(json);
  const first = Buffer.alloc(8);
  first.writeBigUInt64LE(length ?? BigInt(text.length));
  return Buffer.concat([first, text, Buffer.alloc(dataBytes)]);
}

export const FLUX_LAYERS = {
  'transformer.single_transformer_blocks.0.attn.to_q.lora_A.weight': [2, 3072],
  'transformer.single_transformer_blocks.0.attn.to_q.lora_B.weight': [3072, 2],
} as const;
