/* oxlint-disable no-underscore-dangle -- zod describes a schema nowhere else. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dateInput, dayInput, idInput, textInput } from '#shared/input-types.ts';

const FOLDER = fileURLToPath(new URL('../../shared/contracts', import.meta.url));
const FILES = fs.readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

interface Leaf {
  readonly path: string;
  readonly schema: z.core.$ZodType;
}

/** The zod schemas that a contract exports, as a list or in an object. */
async function schemasOf(file: string): Promise<Leaf[]> {
  const exported = (await import(path.join(FOLDER, file))) as Readonly<Record<string, unknown>>;
  return Object.entries(exported).flatMap(([name, value]) => {
    if (isSchema(value)) return [{ path: `${file} ${name}`, schema: value }];
    const parts = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    return parts.flatMap(([key, part]) => (isSchema(part) ? [{ path: `${file} ${name}.${key}`, schema: part }] : []));
  });
}

function isSchema(value: unknown): value is z.core.$ZodType {
  return value instanceof z.core.$ZodType;
}

/** The strings and numbers inside a schema. */
function leavesOf(whole: Leaf, seen = new Set<z.core.$ZodType>()): Leaf[] {
  if (seen.has(whole.schema)) return [];
  seen.add(whole.schema);
  return isText(whole.schema) || isNumber(whole.schema) ? [whole] : partsOf(whole).flatMap((part) => leavesOf(part, seen));
}

const isText = (schema: z.core.$ZodType) => schema instanceof z.core.$ZodString;
const isNumber = (schema: z.core.$ZodType) => schema instanceof z.core.$ZodNumber;

/** The schemas that a schema is made of. Throws for a kind of schema that this test does not know. */
function partsOf({ path: at, schema }: Leaf): Leaf[] {
  const named = (parts: readonly (readonly [name: string, schema: z.core.$ZodType])[]) =>
    parts.map(([name, part]) => ({ path: `${at}${name}`, schema: part }));
  if (schema instanceof z.core.$ZodObject) return named(Object.entries(schema._zod.def.shape).map(([key, part]) => [`.${key}`, part]));
  if (schema instanceof z.core.$ZodArray) return named([['[]', schema._zod.def.element]]);
  if (schema instanceof z.core.$ZodRecord) {
    return named([
      ['{name}', schema._zod.def.keyType],
      ['{}', schema._zod.def.valueType],
    ]);
  }
  if (schema instanceof z.core.$ZodTuple) return named(schema._zod.def.items.map((part, index) => [`[${index}]`, part]));
  if (schema instanceof z.core.$ZodUnion) return named(schema._zod.def.options.map((part, index) => [`|${index}`, part]));
  if (schema instanceof z.core.$ZodLazy) return named([['', schema._zod.def.getter()]]);
  if (WRAPPERS.some((wrapper) => schema instanceof wrapper)) return named([['', (schema as z.core.$ZodOptional)._zod.def.innerType]]);
  if (WITHOUT_PARTS.some((kind) => schema instanceof kind)) return [];
  throw new Error(`${at} is a ${schema._zod.def.type}, which this test does not know.`);
}

const WRAPPERS = [z.core.$ZodOptional, z.core.$ZodNullable, z.core.$ZodDefault, z.core.$ZodPrefault];
const WITHOUT_PARTS = [z.core.$ZodEnum, z.core.$ZodLiteral, z.core.$ZodBoolean, z.core.$ZodUnknown];

const isRefused = (schema: z.core.$ZodType, value: unknown) => !z.safeParse(schema, value).success;
const FAR = [2 ** 53, -(2 ** 53), 1e300, -1e300, Number.NaN, Number.POSITIVE_INFINITY];

/** What is wrong with a leaf; undefined when it has bounds and lets nothing through that Postgres refuses. */
function fault({ schema }: Leaf): string | undefined {
  if (isNumber(schema)) return FAR.every((value) => isRefused(schema, value)) ? undefined : 'has no bounds';
  if (!isRefused(schema, 'x'.repeat(6_100_000))) return 'takes text of any length';
  const isLetThrough = ['\u0000', 'a\u0000b', '\ud83d', 'a\udc00b'].some((text) => {
    const parsed = z.safeParse(schema, text);
    return parsed.success && parsed.data === text;
  });
  return isLetThrough ? 'lets NUL or half of an emoji through' : undefined;
}

describe('contracts', () => {
  test.for(FILES)('%s bounds every text and number, and refuses or cleans what Postgres cannot store', async (file) => {
    const leaves = (await schemasOf(file)).flatMap((schema) => leavesOf(schema));
    expect(leaves.flatMap((leaf) => fault(leaf)?.concat(` (${leaf.path})`) ?? [])).toEqual([]);
  });

  test('build every text, number and date from the shared types', () => {
    const bare = FILES.flatMap((file) => {
      const lines = fs.readFileSync(path.join(FOLDER, file), 'utf8').split('\n');
      return lines.flatMap((line, at) =>
        /\bz\.(?:coerce|string|int|int32|number|bigint|date|email|url|iso)\b/.test(line) ? [`${file}:${at + 1}`] : [],
      );
    });
    expect(bare).toEqual([]);
  });

  test('are seen by this test: it finds a bare string and number, and fails for a schema that it does not know', () => {
    const bare = z.strictObject({ a: z.string(), b: z.array(z.number().min(0)), c: z.string().max(5), d: z.number().max(9).nullable().optional() });
    expect(leavesOf({ path: '', schema: bare }).map((leaf) => [leaf.path, fault(leaf)])).toEqual([
      ['.a', 'takes text of any length'],
      ['.b[]', 'has no bounds'],
      ['.c', 'lets NUL or half of an emoji through'],
      ['.d', 'has no bounds'],
    ]);
    expect(() => leavesOf({ path: '.e', schema: z.null() })).toThrow('.e is a null');
  });
});

test.for<readonly [schema: z.ZodType, accepted: readonly unknown[], refused: readonly unknown[]]>([
  [
    dayInput,
    ['1900-01-01', '2024-02-29', '2199-12-31'],
    ['0000-01-01', '1899-12-31', '2200-01-01', '2026-02-29', '2026-13-01', '2026-1-1', '+12026-01-01', 20_261_130],
  ],
  [dateInput, ['0001-01-01', '9999-12-31'], ['2100-02-29', '99999-01-01', '2026-11-30T00:00:00Z']],
  [idInput, [1, 2_147_483_647], [0, -1, 1.5, 2_147_483_648, '7']],
  [textInput(5), ['', 'abc', '🎉!'], ['abcdef', 'a\u0000', '\ud83d', '\udc00a', 5]],
])('an input type %#: accepts and refuses', ([schema, accepted, refused]) => {
  expect(accepted.filter((value) => isRefused(schema, value))).toEqual([]);
  expect(refused.filter((value) => !isRefused(schema, value))).toEqual([]);
});
