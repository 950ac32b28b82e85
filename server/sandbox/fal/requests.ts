import { z } from 'zod';

/** What the sandbox's fal accepts, strictly, and what it charges. */
const SIZES = {
  square_hd: [1024, 1024],
  square: [512, 512],
  portrait_4_3: [768, 1024],
  portrait_16_9: [576, 1024],
  landscape_4_3: [1024, 768],
  landscape_16_9: [1024, 576],
} as const;

/** What a valid request asks for; what an endpoint does not take is missing. */
export interface FalInput {
  readonly prompt?: string | undefined;
  readonly image_size?: { readonly width: number; readonly height: number } | undefined;
  readonly num_images?: number | undefined;
  readonly seed?: number | undefined;
  readonly output_format?: 'jpeg' | 'png' | undefined;
  readonly image_url?: string | undefined;
  readonly mask_url?: string | undefined;
  readonly mask_image_url?: string | undefined;
  readonly strength?: number | undefined;
  readonly duration?: number | string | undefined;
  readonly resolution?: string | undefined;
  readonly aspect_ratio?: string | undefined;
}

/** One endpoint: its strict input, what it makes, and its price. */
export interface FalEndpoint {
  readonly input: z.ZodType<FalInput>;
  readonly makes: 'pictures' | 'video';
  readonly unit: 'images' | 'megapixels' | 'seconds';
  /** Millionths of a US dollar per unit. */
  readonly usdMicros: number;
  /** How many times the price a resolution costs. */
  readonly times?: Readonly<Record<string, number>>;
}

const side = z.int().min(64).max(4_096);
const link = z.string().regex(/^(?:https?:\/\/|data:image\/(?:png|jpeg|webp);base64,)/, 'must be a link');
const prompt = z.string().min(1);
const output = {
  num_images: z.int().min(1).max(4).default(1),
  seed: z
    .int()
    .min(0)
    .max(2 ** 53 - 1)
    .optional(),
  output_format: z.enum(['jpeg', 'png']).default('jpeg'),
  sync_mode: z.boolean().default(false),
};
const checked = { enable_safety_checker: z.boolean().default(true), acceleration: z.string().optional() };
const size = z
  .union([
    z.enum(Object.keys(SIZES) as (keyof typeof SIZES)[]).transform((name) => ({ width: SIZES[name][0], height: SIZES[name][1] })),
    z.strictObject({ width: side, height: side }),
  ])
  .default({ width: 1024, height: 768 });
const fromText = { prompt, image_size: size, ...output, ...checked };
const fromPicture = { prompt, image_url: link, ...output, ...checked };
const steps = (min: number, max: number) => z.int().min(min).max(max).optional();
const guidance = (min: number, max: number) => z.number().min(min).max(max).optional();
const strength = z.number().min(0.01).max(1).optional();
const loras = (max: number) =>
  z
    .array(z.strictObject({ path: z.string().min(1), scale: z.number().min(0).max(4).default(1) }))
    .max(max)
    .default([]);

const pictures = (shape: z.ZodRawShape, usdMicros: number): FalEndpoint => ({
  input: z.strictObject(shape),
  makes: 'pictures',
  unit: 'megapixels',
  usdMicros,
});
const video = (shape: z.ZodRawShape, usdMicros: number, times: Readonly<Record<string, number>>): FalEndpoint => ({
  input: z.strictObject(shape),
  makes: 'video',
  unit: 'seconds',
  usdMicros,
  times,
});
const ratio = z.enum(['auto', '16:9', '9:16']).default('auto');

/** By path. A LoRA for another base model is accepted and has no effect, as at fal. */
export const FAL_ENDPOINTS: Readonly<Record<string, FalEndpoint>> = {
  'fal-ai/z-image/turbo': pictures({ ...fromText, num_inference_steps: steps(1, 8) }, 5_000),
  'fal-ai/z-image/turbo/lora': pictures({ ...fromText, num_inference_steps: steps(1, 8), loras: loras(3) }, 8_500),
  'fal-ai/flux/dev': pictures({ ...fromText, num_inference_steps: steps(1, 50), guidance_scale: guidance(1, 20) }, 25_000),
  'fal-ai/flux-lora': pictures({ ...fromText, num_inference_steps: steps(1, 50), guidance_scale: guidance(0, 35), loras: loras(10) }, 35_000),
  'fal-ai/flux-2/lora': pictures({ ...fromText, num_inference_steps: steps(4, 50), guidance_scale: guidance(0, 20), loras: loras(3) }, 21_000),
  'fal-ai/z-image/turbo/image-to-image': pictures({ ...fromPicture, strength, num_inference_steps: steps(1, 8) }, 5_000),
  'fal-ai/flux/dev/image-to-image': pictures(
    { ...fromPicture, strength, num_inference_steps: steps(10, 50), guidance_scale: guidance(1, 20) },
    30_000,
  ),
  'fal-ai/flux-lora/image-to-image': pictures(
    { ...fromPicture, strength, num_inference_steps: steps(1, 50), guidance_scale: guidance(0, 35), loras: loras(10) },
    35_000,
  ),
  'fal-ai/flux-pro/v1/fill': pictures(
    { prompt, image_url: link, mask_url: link, ...output, safety_tolerance: z.enum(['1', '2', '3', '4', '5', '6']).default('2') },
    50_000,
  ),
  'fal-ai/flux-lora-fill': pictures(
    {
      ...fromPicture,
      prompt: z.string().default(''),
      mask_url: link,
      num_inference_steps: steps(1, 50),
      guidance_scale: guidance(28, 35),
      loras: loras(10),
      paste_back: z.boolean().default(true),
      resize_to_original: z.boolean().default(false),
    },
    35_000,
  ),
  'fal-ai/z-image/turbo/inpaint/lora': pictures(
    { ...fromPicture, mask_image_url: link, strength, num_inference_steps: steps(1, 8), loras: loras(3) },
    8_500,
  ),
  'fal-ai/ltx-2.3/image-to-video/fast': video(
    {
      prompt,
      image_url: link,
      duration: z.union([z.literal(6), z.literal(8), z.literal(10)]).default(6),
      resolution: z.enum(['1080p', '1440p', '2160p']).default('1080p'),
      aspect_ratio: ratio,
      generate_audio: z.boolean().default(true),
    },
    40_000,
    { '1440p': 2, '2160p': 4 },
  ),
  'fal-ai/veo3.1/lite/image-to-video': video(
    {
      prompt,
      negative_prompt: z.string().optional(),
      image_url: link,
      duration: z.enum(['4s', '6s', '8s']).default('8s'),
      resolution: z.enum(['720p', '1080p']).default('720p'),
      aspect_ratio: ratio,
      generate_audio: z.literal(true).default(true),
      seed: z.int().min(0).optional(),
    },
    50_000,
    { '1080p': 1.6 },
  ),
};

/** The length of a video: `6` or `6s`. */
export const falSeconds = ({ duration = 5 }: FalInput): number => Number.parseInt(String(duration), 10);

/** What a request costs. Megapixels are rounded up for each picture; one without a size has that of the picture it starts from. */
export function falPrice(
  { unit, usdMicros, times = {} }: FalEndpoint,
  input: FalInput,
  picture?: { readonly width: number; readonly height: number },
): number {
  const { num_images: count = 1 } = input;
  if (unit === 'images') return usdMicros * count;
  if (unit === 'seconds') return Math.ceil(usdMicros * (times[input.resolution ?? ''] ?? 1) * falSeconds(input));
  const { width, height } = input.image_size ?? picture ?? { width: 1024, height: 1024 };
  return usdMicros * count * Math.ceil((width * height) / (1024 * 1024));
}
