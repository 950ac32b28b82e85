/* oxlint-disable no-underscore-dangle -- zod describes a schema nowhere else. */
import { appRouter } from '#server/routers/index.ts';
import { z } from 'zod';

/** One request for a procedure: its input, and which field of it is hostile. */
interface HostileCall {
  readonly path: string;
  readonly type: 'query' | 'mutation';
  readonly isPublic: boolean;
  readonly field: string;
  readonly input: unknown;
}

/** Values that no contract expects, of every kind that has ever made something fail. */
const ANY: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\ufeff',
  '\u202e\u2066',
  'e\u0301'.repeat(500),
  '😀'.repeat(200),
  'x'.repeat(10_000),
  '0000-00-00',
  '0000-01-01',
  '9999-12-31',
  '10000-01-01',
  '2026-02-30',
  '-271821-04-20',
  '2026-01-01T00:00:00Z',
  '%00%ff%c0%ae',
  '../../etc/passwd',
  "'; drop table users; --",
  '<script>alert(1)</script>',
  '__proto__',
  'NaN',
  '1e999',
  '٣',
  '00000000-0000-0000-0000-000000000000',
  '0'.repeat(64),
  [],
  {},
  [[[[[[]]]]]],
  [null],
  Array.from({ length: 1_000 }, () => 0),
  { length: 5, 0: 'a' },
  { toString: 1, constructor: { prototype: {} } },
];

interface ProcedureDef {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly inputs: readonly z.core.$ZodType[];
  readonly meta?: { readonly access?: string };
}

/** Every field of every procedure of the router with every hostile value, the other fields valid. */
export function hostileCalls(): HostileCall[] {
  const procedures = appRouter._def.procedures as unknown as Readonly<Record<string, { readonly _def: ProcedureDef }>>;
  return Object.entries(procedures).flatMap(([path, { _def }]) => {
    const { type, inputs, meta } = _def;
    if (type === 'subscription') return [];
    const call = { path, type, isPublic: meta?.access === undefined };
    const [schema] = inputs;
    if (!schema) return ANY.map((input) => ({ ...call, field: '', input }));
    const valid = exampleOf(schema);
    return fieldsOf(schema, valid, 0).flatMap(({ field, put }) => ANY.map((value) => ({ ...call, field, input: put(value) })));
  });
}

interface Field {
  readonly field: string;
  /** The input with this field replaced. */
  readonly put: (value: unknown) => unknown;
}

/** Fields deeper than this are parts of a policy, which the policy's own tests cover. */
const DEPTH_MAX = 3;

/** The whole input, and each of its fields down to DEPTH_MAX levels. */
function fieldsOf(schema: z.core.$ZodType, valid: unknown, depth: number): Field[] {
  const whole: Field = { field: '', put: (value) => value };
  const inner = unwrapped(schema);
  if (depth >= DEPTH_MAX) return [whole];
  if (inner instanceof z.core.$ZodObject) {
    const base = isRecord(valid) ? valid : {};
    const parts = Object.entries(inner._zod.def.shape).flatMap(([key, part]) =>
      fieldsOf(part, base[key] ?? exampleOf(part), depth + 1).map(({ field, put }) => ({
        field: field === '' ? key : `${key}.${field}`,
        put: (value: unknown) => ({ ...base, [key]: put(value) }),
      })),
    );
    const unknownKey: Field = { field: '(unknown)', put: (value) => ({ ...base, unexpected: value }) };
    return [whole, unknownKey, ...parts];
  }
  if (inner instanceof z.core.$ZodArray) {
    const items = fieldsOf(inner._zod.def.element, exampleOf(inner._zod.def.element), depth + 1);
    return [whole, ...items.map(({ field, put }) => ({ field: `[].${field}`, put: (value: unknown) => [put(value)] }))];
  }
  return [whole];
}

/** A value that the schema accepts, or one close to it. */
function exampleOf(schema: z.core.$ZodType): unknown {
  const inner = unwrapped(schema);
  if (inner instanceof z.core.$ZodObject)
    return Object.fromEntries(
      Object.entries(inner._zod.def.shape)
        .filter(([, part]) => !(part instanceof z.core.$ZodOptional || part instanceof z.core.$ZodDefault))
        .map(([key, part]) => [key, exampleOf(part)]),
    );
  if (inner instanceof z.core.$ZodArray) return [exampleOf(inner._zod.def.element)];
  const accepted = EXAMPLES.find((example) => z.safeParse(inner, example).success);
  return accepted ?? (inner instanceof z.core.$ZodEnum ? Object.values(inner._zod.def.entries)[0] : null);
}

const EXAMPLES = [1, 7, 'x', '2026-11-30', 'd4c5bb70-5c8a-4b5e-9d6f-0d9c1d1e7a01', 'a'.repeat(64), '0123456789012345678901', true, { version: 1 }];

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapper = [z.core.$ZodOptional, z.core.$ZodNullable, z.core.$ZodDefault, z.core.$ZodPrefault].some((kind) => schema instanceof kind);
  return isWrapper ? unwrapped((schema as z.core.$ZodOptional)._zod.def.innerType) : schema;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
