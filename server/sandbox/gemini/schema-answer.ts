import { seededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import type { SeededRandom } from '#server/sandbox/catalog/seeded-random.ts';
import { textHash } from '#server/sandbox/text-hash.ts';
import type { ResponseSchema } from './requests.ts';

const FIRST = ['Amber', 'Late', 'Quiet', 'Northern', 'Paper', 'Velvet', 'Distant', 'Salt', 'Copper', 'Slow', 'Glass', 'Winter', 'Open', 'Second'];
const SECOND = ['Harbor', 'Windows', 'Orchard', 'Signals', 'Avenue', 'Weather', 'Lanterns', 'Meadow', 'Tides', 'Stairwell', 'Kitchen', 'Railway'];
const SCENE = [
  'a still life of folded paper on a linen cloth',
  'a narrow street after rain, seen from a window',
  'three ceramic bowls in low evening light',
  'a field of tall grass under a wide sky',
  'brass instruments resting on a wooden chair',
  'a stairwell with long shadows',
];
const LONG_TEXT = 120;

/** An answer that fits a response schema, another one for each prompt. Titles are invented; texts that may be long describe a scene. */
export function answerForSchema(schema: ResponseSchema, prompt: string): unknown {
  return valueFor(schema, seededRandom(textHash(prompt)));
}

function valueFor(schema: ResponseSchema, random: SeededRandom): unknown {
  const { type, enum: options, properties, items, minItems = 1, maxItems, minimum = 0, maximum = 100, maxLength = 40 } = schema as Schema;
  if (options) return random.pick(options);
  switch (type.toLowerCase()) {
    case 'object':
      return Object.fromEntries(Object.entries(properties ?? {}).map(([name, part]) => [name, valueFor(part, random)]));
    case 'array':
      return Array.from({ length: Math.max(minItems, Math.min(maxItems ?? minItems, minItems)) }, () =>
        valueFor(items ?? { type: 'string' }, random),
      );
    case 'integer':
    case 'number':
      return Math.round(minimum + random.next() * (maximum - minimum));
    case 'boolean':
      return random.chance(0.5);
    default:
      return textFor(maxLength, random);
  }
}

const textFor = (lengthMax: number, random: SeededRandom) =>
  (lengthMax >= LONG_TEXT ? `${random.pick(SCENE)}, soft grain, plain background` : `${random.pick(FIRST)} ${random.pick(SECOND)}`).slice(
    0,
    lengthMax,
  );

interface Schema extends ResponseSchema {
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, ResponseSchema>>;
  readonly items?: ResponseSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
}
