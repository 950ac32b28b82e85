import type { Model, ModelInput } from '../model.ts';

/** Inputs that several models of Stability share. */
export const STABILITY_INPUTS = {
  prompt: { kind: 'text', label: 'Prompt', group: 'main', wire: 'prompt', min: 1, max: 10_000, lines: 4 },
  negativePrompt: { kind: 'text', label: 'Avoid', group: 'more', wire: 'negative_prompt', min: 0, max: 10_000, lines: 2 },
  image: {
    kind: 'image',
    label: 'Picture to start from',
    group: 'main',
    wire: 'image',
    max: 1,
    // The whole request has at most ten mebibytes.
    maxBytes: 8_388_608,
    maxPixels: 9_437_184,
    send: 'multipart',
  },
  mask: { kind: 'mask', label: 'Part to repaint', group: 'main', wire: 'mask', of: 'image', repaint: 'white', sameSize: true },
  seed: { kind: 'seed', label: 'Seed', group: 'more', wire: 'seed', max: 4_294_967_294, random: 0 },
} as const satisfies Model['inputs'];

/** The file types that a model of Stability writes. */
export const stabilityFormat = (values: readonly string[]): ModelInput => ({
  kind: 'enum',
  label: 'File',
  group: 'more',
  wire: 'output_format',
  options: values.map((value) => ({ value, label: value })),
  default: 'png',
});

type Own = Pick<Model, 'id' | 'endpoint' | 'label' | 'goodFor' | 'tasks' | 'inputs'> & Pick<Partial<Model>, 'fixed' | 'fixedByTask'>;

/** A model of Stability at its price in credits of $0.01. */
export const stableModel = (own: Own, credits: number): Model => ({
  ...own,
  vendor: 'stability',
  outputs: { kind: 'image', perRun: [1, 1], extensions: ['png', 'jpeg', 'webp'] },
  price: { unit: 'image', usdMicros: credits * 10_000, chargedWhen: { refused: 'maybe', invalid: 'no' }, checked: '2026-11-01' },
  cancel: 'never',
  progress: 'none',
  resultKeptSeconds: 0,
  refusal: 'status',
  license: 'Terms of the Stability AI API',
  state: { since: '2025-07-24' },
});
