import type { VibeShare, VibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import { VIBE_ORDERS, vibeSpec } from '#shared/contracts/discovery/vibe-spec.ts';
import type { RadioElement, RadioEntity } from './radio-elements.ts';

/** The shares of a spec by the element that states them. */
export const SHARE_OF_ENTITY = {
  energy: 'energy',
  mood: 'valence',
  dance: 'dance',
  acoustic: 'acoustic',
  instrumental: 'instrumental',
  speech: 'speech',
  live: 'live',
} as const satisfies Partial<Record<RadioEntity, VibeShare>>;

const RANGE = /^(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?$/u;
const HEARD = { new: 'new', known: 'known', 'not recently': 'not recently', not_recently: 'not recently' } as const;

/** The field of a spec that an element with one value states; undefined when its value cannot be read. */
export function fieldOf({ entity, values: [value = ''], isNot }: Pick<RadioElement, 'entity' | 'values' | 'isNot'>): Partial<VibeSpec> | undefined {
  const range = rangeOf(value);
  if (isShare(entity)) return range && checked({ [SHARE_OF_ENTITY[entity]]: range });
  return OTHER_FIELDS[entity]?.({ value, range, isNot });
}

interface ElementValue {
  readonly value: string;
  readonly range: [number, number] | undefined;
  readonly isNot: boolean;
}

const yearsOf = ({ range, isNot }: ElementValue) => range && checked(isNot ? { not_years: [range] } : { years: range });

const OTHER_FIELDS: Readonly<Partial<Record<RadioEntity, (given: ElementValue) => Partial<VibeSpec> | undefined>>> = {
  year: yearsOf,
  years: yearsOf,
  tempo: ({ range }) => range && checked({ tempo: range }),
  length: ({ range }) => range && checked({ track_seconds: range }),
  minutes: ({ range }) => range && checked({ minutes: range[0] }),
  tracks: ({ range }) => range && checked({ tracks: range[0] }),
  explicit: ({ value }) => (value === 'yes' || value === 'no' ? { explicit: value === 'yes' } : undefined),
  order: ({ value }) => {
    const order = VIBE_ORDERS.find((one) => one === value);
    return order && { order };
  },
  popularity: ({ value }) => (value === 'hits' || value === 'deep' ? { popularity: value } : undefined),
  mode: ({ value }) => (value === 'easy' ? { popularity: 'hits' } : value === 'hard' ? { popularity: 'deep' } : value === 'medium' ? {} : undefined),
  heard: ({ value }) => (isHeard(value) ? { heard: HEARD[value] } : undefined),
};

/** What the value of an element looks like, for the remedy of an error. */
export const VALUE_EXAMPLES: Readonly<Partial<Record<RadioEntity, string>>> = {
  year: '1997',
  years: '1990-1999',
  tempo: '118-124',
  length: '120-300 (seconds)',
  minutes: '60',
  tracks: '30',
  explicit: 'yes or no',
  order: VIBE_ORDERS.join(', '),
  popularity: 'hits or deep',
  mode: 'easy, medium or hard',
  heard: 'new, known or not_recently',
  ...Object.fromEntries(Object.keys(SHARE_OF_ENTITY).map((entity) => [entity, '0.2-0.5'])),
};

function isShare(entity: RadioEntity): entity is keyof typeof SHARE_OF_ENTITY {
  return entity in SHARE_OF_ENTITY;
}

function isHeard(value: string): value is keyof typeof HEARD {
  return Object.hasOwn(HEARD, value);
}

function rangeOf(value: string): [number, number] | undefined {
  const found = RANGE.exec(value.replaceAll('–', '-'));
  return found ? [Number(found[1]), Number(found[2] ?? found[1])] : undefined;
}

function checked(part: Partial<VibeSpec>): Partial<VibeSpec> | undefined {
  return vibeSpec.safeParse(part).success ? part : undefined;
}
