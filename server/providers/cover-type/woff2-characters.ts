import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

/** The characters that a WOFF2 file has glyphs for, from its `cmap` table (WOFF File Format 2.0; OpenType 1.9, cmap). A stylesheet's ranges name more than the file holds. */

const HEADER_BYTES = 48;
const TABLES_AT = 12;
const COMPRESSED_LENGTH_AT = 20;
/** Numbers of known tables (WOFF2, 4.1); any other table writes its name. */
const KNOWN = { cmap: 0, glyf: 10, loca: 11, named: 63 } as const;

/** Code points with a glyph, as first and last, in pairs. Empty when the file has no table that can be read. */
export function charactersInFont(file: string): readonly (readonly [number, number])[] {
  const font = readFileSync(file);
  const tables = font.readUInt16BE(TABLES_AT);
  let at = HEADER_BYTES;
  const base128 = () => {
    let value = 0;
    for (let byte = 0x80; (byte & 0x80) !== 0; at += 1) {
      byte = font[at] ?? 0;
      value = value * 128 + (byte & 0x7f);
    }
    return value;
  };
  let offset = 0;
  let start: number | undefined;
  for (let index = 0; index < tables; index += 1) {
    const flags = font[at] ?? 0;
    at += 1;
    const [table, version] = [flags & 0x3f, flags >> 6];
    if (table === KNOWN.named) at += 4;
    const length = base128();
    // Outlines are transformed unless their version is 3, all other tables unless it is 0.
    const isTransformed = table === KNOWN.glyf || table === KNOWN.loca ? version !== 3 : version !== 0;
    const stored = isTransformed ? base128() : length;
    if (table === KNOWN.cmap) start = offset;
    offset += stored;
  }
  if (start === undefined) return [];
  const compressed = font.subarray(at, at + font.readUInt32BE(COMPRESSED_LENGTH_AT));
  return readCmap(brotliDecompressSync(compressed).subarray(start));
}

function readCmap(cmap: Buffer): readonly (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  const count = cmap.readUInt16BE(2);
  for (let index = 0; index < count; index += 1) {
    const at = cmap.readUInt32BE(4 + index * 8 + 4);
    const format = cmap.readUInt16BE(at);
    if (format === 4) ranges.push(...segments(cmap.subarray(at)));
    if (format === 12) ranges.push(...groups(cmap.subarray(at)));
  }
  return ranges;
}

function segments(table: Buffer): readonly (readonly [number, number])[] {
  const double = table.readUInt16BE(6);
  return Array.from(
    { length: double / 2 },
    (_, index) => [table.readUInt16BE(16 + double + index * 2), table.readUInt16BE(14 + index * 2)] as const,
  ).filter(([first]) => first !== 0xffff);
}

function groups(table: Buffer): readonly (readonly [number, number])[] {
  return Array.from(
    { length: table.readUInt32BE(12) },
    (_, index) => [table.readUInt32BE(16 + index * 12), table.readUInt32BE(20 + index * 12)] as const,
  );
}
