import type { Json } from '#shared/json.ts';
import type { StudioTask, StudioVendor } from '#shared/vocabulary.ts';

/** The inputs of all models in our words, in the order of the form. */
export const INPUT_IDS = [
  'image',
  'mask',
  'search',
  'prompt',
  'negativePrompt',
  'music',
  'secondMood',
  'title',
  'strength',
  'grow',
  'family',
  'composition',
  'palette',
  'reversed',
  'size',
  'resolution',
  'style',
  'loras',
  'count',
  'seconds',
  'sound',
  'seed',
  'steps',
  'guidance',
  'format',
] as const;
export type InputId = (typeof INPUT_IDS)[number];

/** `sends` is what goes on the wire when it is not the value itself; `isOmitted` leaves the choice to the vendor. */
interface Option {
  readonly value: string;
  readonly label: string;
  readonly sends?: Json;
  readonly isOmitted?: boolean;
}
/** A size with its pixels, from which a price per megapixel follows. */
export interface SizeOption extends Option {
  readonly width: number;
  readonly height: number;
}
/** The base models that a LoRA here can be trained on. */
export const LORA_BASES = ['flux-1', 'flux-2-dev', 'z-image'] as const;
export type LoraBase = (typeof LORA_BASES)[number];

/** One input of a model. `wire` is the vendor's field, with dots for nested fields; `needs` and `excludes` enable it by what else is filled in. */
export type ModelInput = {
  readonly label: string;
  readonly help?: string;
  readonly group: 'main' | 'more';
  readonly wire: string;
  readonly needs?: readonly InputId[];
  readonly excludes?: readonly InputId[];
} & (
  | { readonly kind: 'text'; readonly min: number; readonly max: number; readonly lines?: number }
  | {
      readonly kind: 'int' | 'float';
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly default: number;
      /** The range of the slider; the field beside it takes the whole range. */
      readonly easy?: readonly [number, number];
    }
  | { readonly kind: 'seed'; readonly max: number; readonly random: 'omit' | 0 }
  | { readonly kind: 'bool'; readonly default: boolean }
  | { readonly kind: 'enum'; readonly options: readonly Option[]; readonly default: string }
  | { readonly kind: 'size'; readonly as: 'ratio' | 'preset' | 'pixels'; readonly options: readonly SizeOption[]; readonly default: string }
  | {
      readonly kind: 'image';
      readonly max: number;
      readonly maxBytes: number;
      readonly maxPixels: number;
      readonly send: 'url' | 'dataUri' | 'multipart' | 'inlineData';
    }
  | { readonly kind: 'mask'; readonly of: InputId; readonly repaint: 'white' | 'black' | 'transparent'; readonly sameSize: true }
  | {
      readonly kind: 'loras';
      readonly max: number;
      readonly scale: { readonly min: number; readonly max: number; readonly default: number };
      readonly bases: readonly LoraBase[];
    }
  | {
      readonly kind: 'seconds';
      readonly options: readonly number[];
      readonly default: number;
      /** Sent as text with this at its end; a number without it. */
      readonly suffix?: string;
    }
  /** MusicFacts, for our own pictures. */
  | { readonly kind: 'music' }
  /** The second mood of music that has two. */
  | { readonly kind: 'mood' }
);

/** One model. Validation, form, request, estimate and picker follow from this entry alone. */
export interface Model {
  readonly id: string;
  readonly vendor: StudioVendor;
  readonly endpoint: string;
  readonly label: string;
  readonly goodFor: string;
  readonly tasks: readonly StudioTask[];
  readonly inputs: Readonly<Partial<Record<InputId, ModelInput>>>;
  /** Fields sent with every request, by the same dotted names as `wire`. */
  readonly fixed?: Readonly<Record<string, Json>>;
  readonly fixedByTask?: Readonly<Partial<Record<StudioTask, Readonly<Record<string, Json>>>>>;
  readonly outputs: { readonly kind: 'image' | 'video'; readonly perRun: readonly [number, number]; readonly extensions: readonly string[] };
  readonly price: {
    readonly unit: 'image' | 'megapixel' | 'second';
    /** Millionths of a US dollar per unit. */
    readonly usdMicros: number;
    readonly times?: { readonly input: InputId; readonly table: Readonly<Record<string, number>> };
    /** What is sent is charged besides, by the token: words, and each picture as so many tokens. */
    readonly sent?: { readonly usdMicrosPerToken: number; readonly tokensPerPicture: number };
    readonly chargedWhen: { readonly refused: 'no' | 'maybe' | 'yes'; readonly invalid: 'no' | 'maybe' };
    /** The day on which somebody read the price. */
    readonly checked: string;
  };
  readonly cancel: 'queued' | 'running' | 'never';
  readonly progress: 'queue' | 'percent' | 'none';
  readonly resultKeptSeconds: number;
  readonly refusal: 'status' | 'flag' | 'empty';
  readonly license: string;
  /** Offered since a day, until a day (exclusive), and the model that replaces it. */
  readonly state: { readonly since: string; readonly until?: string; readonly successor?: string };
}

/** What a person filled in, by input. */
export type ModelValues = Readonly<Partial<Record<InputId, unknown>>>;

/** True for an input that is filled in: text and lists when they are not empty. */
export function isFilled(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  return !Array.isArray(value) || value.length > 0;
}

/** True when what the input needs is filled in, and nothing that it excludes. */
export function isEnabled(input: ModelInput, values: ModelValues): boolean {
  return (input.needs ?? []).every((id) => isFilled(values[id])) && !(input.excludes ?? []).some((id) => isFilled(values[id]));
}

/**
 * The inputs of a model for a task, in the order of the form. Text to image takes no picture, and only inpainting takes a mask; inputs that need a
 * dropped one, or exclude a picture that the task requires, are dropped too.
 */
export function inputsFor(model: Model, task: StudioTask): readonly (readonly [InputId, ModelInput])[] {
  const dropped = new Set<InputId>();
  if (task === 'text_to_image') dropped.add('image');
  if (task !== 'inpaint') dropped.add('mask');
  const isDropped = (id: InputId, input: ModelInput) =>
    dropped.has(id) || input.needs?.some((needed) => dropped.has(needed)) || (!dropped.has('image') && input.excludes?.includes('image'));
  return INPUT_IDS.flatMap((id) => {
    const input = model.inputs[id];
    return input && !isDropped(id, input) ? [[id, input] as const] : [];
  });
}

/** What an input has when nothing is filled in; undefined when it has no default. */
export function defaultOf(input: ModelInput): string | number | boolean | undefined {
  return 'default' in input ? input.default : undefined;
}

/** True when sending the request a second time costs nothing. */
export function isRepeatSafe(model: Model): boolean {
  return model.price.usdMicros === 0;
}
