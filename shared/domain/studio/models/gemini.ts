import type { Model, SizeOption } from '../model.ts';

/** The ratios that the model takes, all at about one megapixel. */
const RATIOS: readonly SizeOption[] = ['1:1', '1:4', '1:8', '2:3', '3:2', '3:4', '4:1', '4:3', '4:5', '5:4', '8:1', '9:16', '16:9', '21:9'].map(
  (value) => {
    const [width = 1, height = 1] = value.split(':').map(Number);
    const scale = 1024 / Math.sqrt(width * height);
    return { value, label: value, width: Math.round(width * scale), height: Math.round(height * scale) };
  },
);

/** Image models of Gemini. */
export const GEMINI_MODELS: readonly Model[] = [
  {
    id: 'gemini-nano-banana-2.1',
    vendor: 'gemini',
    endpoint: 'gemini-nano-banana-2.1',
    label: 'Gemini Nano Banana 2.1',
    goodFor: 'Pictures that follow a long description, also from several pictures',
    tasks: ['text_to_image', 'image_to_image'],
    inputs: {
      image: {
        kind: 'image',
        label: 'Pictures to work from',
        help: 'Say in the prompt what to do with each.',
        group: 'main',
        wire: 'contents.0.parts',
        max: 14,
        // A request has at most twenty megabytes, in base64.
        maxBytes: 1_000_000,
        maxPixels: 4_194_304,
        send: 'inlineData',
      },
      prompt: { kind: 'text', label: 'Prompt', group: 'main', wire: 'contents.0.parts.0.text', min: 1, max: 10_000, lines: 4 },
      size: {
        kind: 'size',
        as: 'ratio',
        label: 'Shape',
        group: 'main',
        wire: 'generationConfig.imageConfig.aspectRatio',
        options: RATIOS,
        default: '1:1',
        // With pictures, the result has the shape of the first.
        excludes: ['image'],
      },
      resolution: {
        kind: 'enum',
        label: 'Resolution',
        group: 'main',
        wire: 'generationConfig.imageConfig.imageSize',
        options: ['1K', '2K', '4K'].map((value) => ({ value, label: value })),
        default: '1K',
      },
    },
    fixed: { 'contents.0.role': 'user', 'generationConfig.responseModalities': ['IMAGE'], store: false },
    outputs: { kind: 'image', perRun: [1, 1], extensions: ['png', 'jpg'] },
    price: {
      unit: 'image',
      usdMicros: 33_600,
      times: { input: 'resolution', table: { '1K': 1, '2K': 1.5, '4K': 2.25 } },
      // $1.50 for a million tokens; a picture to work from has as many as a picture of 1K that is made.
      sent: { usdMicrosPerToken: 1.5, tokensPerPicture: 1_120 },
      chargedWhen: { refused: 'maybe', invalid: 'no' },
      checked: '2026-11-01',
    },
    cancel: 'never',
    progress: 'none',
    resultKeptSeconds: 0,
    refusal: 'empty',
    license: 'Terms of the Gemini API',
    state: { since: '2026-10-06' },
  },
];
