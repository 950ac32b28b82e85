import type { Model } from '../model.ts';

/** The names of `covers`, which this area must not import; a test compares them. */
const FAMILIES = ['grid', 'halftone', 'paper', 'contour', 'rules', 'riso', 'type', 'groove', 'score', 'letter', 'emblem', 'echo'];
const PALETTES =
  'bone oat chalk mist sage blush lilac cream newsprint porcelain straw pistachio mustard tangerine rose turquoise azure navy tar walnut pine aubergine oxblood ultramarine';
const auto = { value: 'auto', label: 'Chosen for the music' };

/** Pictures that Segue draws itself, without a key. */
export const LOCAL_ART_MODELS: readonly Model[] = [
  {
    id: 'local-art',
    vendor: 'local',
    endpoint: 'local-art',
    label: 'Drawn by Segue',
    goodFor: 'Pictures from the numbers of the music, at once and free',
    tasks: ['text_to_image'],
    inputs: {
      music: { kind: 'music', label: 'Music', group: 'main', wire: 'music' },
      secondMood: { kind: 'mood', label: 'Second mood', group: 'more', wire: 'secondMood' },
      title: { kind: 'text', label: 'Title', help: 'Drawn by the families letter, type and echo.', group: 'main', wire: 'title', min: 0, max: 500 },
      family: {
        kind: 'enum',
        label: 'Family',
        group: 'main',
        wire: 'family',
        options: [auto, ...FAMILIES.map((value) => ({ value, label: value }))],
        default: 'auto',
      },
      composition: {
        kind: 'enum',
        label: 'Composition',
        group: 'main',
        wire: 'composition',
        options: [{ ...auto, sends: null }, ...[0, 1, 2, 3, 4].map((sends) => ({ value: String(sends + 1), label: String(sends + 1), sends }))],
        default: 'auto',
      },
      palette: {
        kind: 'enum',
        label: 'Palette',
        group: 'main',
        wire: 'palette',
        options: [auto, ...PALETTES.split(' ').map((value) => ({ value, label: value }))],
        default: 'auto',
      },
      reversed: { kind: 'bool', label: 'Reversed', group: 'more', wire: 'reversed', default: false },
      size: { kind: 'int', label: 'Side in pixels', group: 'more', wire: 'size', min: 64, max: 3000, step: 1, default: 640 },
      seed: { kind: 'seed', label: 'Seed', group: 'more', wire: 'seed', max: 4_294_967_295, random: 'omit' },
    },
    outputs: { kind: 'image', perRun: [1, 1], extensions: ['png'] },
    price: { unit: 'image', usdMicros: 0, chargedWhen: { refused: 'no', invalid: 'no' }, checked: '2026-11-30' },
    cancel: 'never',
    progress: 'none',
    resultKeptSeconds: 0,
    refusal: 'status',
    license: 'The picture is yours.',
    state: { since: '2026-11-30' },
  },
];
