import type { Model, ModelInput } from '../model.ts';
import { FAL_INPUTS, falPicture, queuedModel } from './fal-inputs.ts';

const image = falPicture('Start picture', 8_388_608);
const { prompt: text, seed } = FAL_INPUTS;
const prompt = { ...text, label: 'What happens' } satisfies ModelInput;
const resolution = (values: readonly string[]): ModelInput => ({
  kind: 'enum',
  label: 'Resolution',
  group: 'main',
  wire: 'resolution',
  options: values.map((value) => ({ value, label: value })),
  default: values[0] ?? '',
});
const shape: ModelInput = {
  kind: 'enum',
  label: 'Shape',
  help: 'A picture of another shape is cropped.',
  group: 'more',
  wire: 'aspect_ratio',
  options: [
    { value: 'auto', label: 'As the picture' },
    { value: '16:9', label: 'Landscape 16:9' },
    { value: '9:16', label: 'Portrait 9:16' },
  ],
  default: 'auto',
};
const price = (usdMicros: number, table: Readonly<Record<string, number>>): Model['price'] => ({
  unit: 'second',
  usdMicros,
  times: { input: 'resolution', table },
  chargedWhen: { refused: 'maybe', invalid: 'maybe' },
  checked: '2026-11-01',
});
const outputs: Model['outputs'] = { kind: 'video', perRun: [1, 1], extensions: ['mp4', 'webm'] };

/** Models served by fal that make a video from a picture, which is its first frame. */
export const FAL_VIDEO_MODELS: readonly Model[] = [
  queuedModel(
    {
      id: 'fal-ltx-2.3-fast',
      endpoint: 'fal-ai/ltx-2.3/image-to-video/fast',
      label: 'LTX 2.3 Fast',
      goodFor: 'Moving pictures within a minute',
      tasks: ['image_to_video'],
      inputs: {
        image,
        prompt,
        seconds: { kind: 'seconds', label: 'Length', group: 'main', wire: 'duration', options: [6, 8, 10], default: 6 },
        resolution: resolution(['1080p', '1440p', '2160p']),
        size: shape,
        sound: { kind: 'bool', label: 'Sound', group: 'more', wire: 'generate_audio', default: true },
      },
      fixed: {},
      outputs,
      price: price(40_000, { '1080p': 1, '1440p': 2, '2160p': 4 }),
    },
    40_000,
  ),
  queuedModel(
    {
      id: 'fal-veo-3.1-lite',
      endpoint: 'fal-ai/veo3.1/lite/image-to-video',
      label: 'Veo 3.1 Lite',
      goodFor: 'People and speech, with sound',
      tasks: ['image_to_video'],
      inputs: {
        image,
        prompt,
        negativePrompt: { kind: 'text', label: 'Avoid', group: 'more', wire: 'negative_prompt', min: 0, max: 10_000, lines: 2 },
        seconds: { kind: 'seconds', label: 'Length', group: 'main', wire: 'duration', options: [4, 6, 8], default: 8, suffix: 's' },
        resolution: resolution(['720p', '1080p']),
        size: shape,
        seed,
      },
      fixed: { generate_audio: true },
      outputs,
      price: price(50_000, { '720p': 1, '1080p': 1.6 }),
    },
    50_000,
  ),
];
