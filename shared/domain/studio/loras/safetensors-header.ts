import { AppError } from '#shared/errors.ts';

/**
 * The header of a safetensors file: eight bytes with its length N (little-endian), N bytes of JSON, then the data of the tensors, which is never read.
 * Format: https://github.com/huggingface/safetensors. The reference takes headers of 100 MB; a LoRA has far less.
 */
const LENGTH_BYTES = 8;
const HEADER_BYTES_MAX = 16 * 1024 * 1024;
/** Root, tensor, shape. */
const DEPTH_MAX = 3;
const TENSORS_MAX = 100_000;
const SHAPE_LENGTH_MAX = 8;
const TEXT_CHARS_MAX = 200_000;
const DTYPE_BYTES: Readonly<Record<string, number>> = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
};

export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/** What a header says. Names and metadata are somebody else's text. */
export interface SafetensorsHeader {
  readonly tensors: readonly Tensor[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** The bytes to read before `readHeaderLength`. */
export const FIRST_BYTES = 16;

/** The length of the JSON in bytes. Throws `invalid_input` for pickles and archives by their content, whatever the file is called, and for a length that cannot be. */
export function readHeaderLength(first: Uint8Array, fileBytes: number): number {
  const [a, b, c, d] = first;
  const isZip = a === 0x50 && b === 0x4b && (c === 0x03 || c === 0x05 || c === 0x07);
  const isPickle =
    a === 0x80 && b !== undefined && b >= 2 && b <= 5 && (first.length < LENGTH_BYTES || first.subarray(5, LENGTH_BYTES).some((byte) => byte !== 0));
  if (isZip || isPickle || (a === 0x1f && b === 0x8b) || (a === 0x37 && b === 0x7a && c === 0xbc && d === 0xaf))
    throw refused('is a pickle or an archive, which can run code when it is loaded', 'Use the .safetensors file of this LoRA.');
  if (first.length < LENGTH_BYTES) throw refused('is too short to be a safetensors file');
  const view = new DataView(first.buffer, first.byteOffset, first.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(HEADER_BYTES_MAX)) throw refused('has a header of impossible length');
  if (length < 2n || Number(length) > fileBytes - LENGTH_BYTES) throw refused('is cut off, or has a header of impossible length');
  if (first.length > LENGTH_BYTES && first[LENGTH_BYTES] !== 0x7b) throw refused('has no JSON header');
  return Number(length);
}

/** Reads the JSON of a header. Throws `invalid_input` unless its tensors fill the rest of the file without gaps or overlaps. */
export function readSafetensorsHeader(json: string, sizes: { readonly fileBytes: number; readonly headerBytes: number }): SafetensorsHeader {
  requireFlat(json);
  const root = parsed(json);
  const metadata = new Map<string, string>();
  const tensors: (Tensor & { readonly begin: number; readonly end: number })[] = [];
  for (const [name, value] of Object.entries(root)) {
    if (name === '__metadata__') for (const [key, text] of metadataIn(value)) metadata.set(key, text);
    else tensors.push(tensorIn(name, value));
  }
  if (tensors.length === 0) throw refused('contains no tensors');
  if (tensors.length > TENSORS_MAX) throw refused('contains too many tensors');
  let at = 0;
  for (const { begin, end } of tensors.toSorted((one, other) => one.begin - other.begin || one.end - other.end)) {
    if (begin !== at) throw refused('has tensors with gaps or overlaps');
    at = end;
  }
  if (at !== sizes.fileBytes - LENGTH_BYTES - sizes.headerBytes) throw refused('is cut off, or has data behind its tensors');
  return { tensors: tensors.map(({ name, shape }) => ({ name, shape })), metadata };
}

/** Nesting is counted before parsing, so that a deep header cannot exhaust the stack. */
function requireFlat(json: string): void {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (isText) {
      if (character === '\\') at += 1;
      else if (character === '"') isText = false;
    } else if (character === '"') isText = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > DEPTH_MAX) throw refused('has a header of impossible depth');
  }
}

function parsed(json: string): object {
  try {
    const root: unknown = JSON.parse(json);
    if (typeof root === 'object' && root !== null && !Array.isArray(root)) return root;
  } catch {
    // Falls through to the same refusal.
  }
  throw refused('has a header that is not JSON');
}

function metadataIn(value: unknown): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused('has unreadable metadata');
  return Object.entries(value).flatMap(([key, text]) => (typeof text === 'string' && text.length <= TEXT_CHARS_MAX ? [[key, text] as const] : []));
}

function tensorIn(name: string, value: unknown): Tensor & { readonly begin: number; readonly end: number } {
  const { dtype, shape, data_offsets: offsets } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const size = typeof dtype === 'string' && Object.hasOwn(DTYPE_BYTES, dtype) ? DTYPE_BYTES[dtype] : undefined;
  if (size === undefined || !isWhole(shape) || shape.length > SHAPE_LENGTH_MAX || !isWhole(offsets) || offsets.length !== 2)
    throw refused('has a tensor that cannot be read');
  const [begin = 0, end = 0] = offsets;
  if (end < begin || shape.reduce((product, side) => product * side, size) !== end - begin)
    throw refused('has a tensor whose size does not fit its shape');
  return { name, shape, begin, end };
}

const isWhole = (value: unknown): value is number[] => Array.isArray(value) && value.every((one) => Number.isSafeInteger(one) && one >= 0);

function refused(what: string, remedy = 'Download the file again, or use another one.'): AppError {
  return new AppError('invalid_input', { message: `The file ${what}.`, remedy, field: 'fileName' });
}
