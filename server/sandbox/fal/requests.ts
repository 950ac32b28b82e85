import { z } from 'zod';

/** What the sandbox's fal accepts, strictly, and what it charges for a megapixel in millionths of a US dollar. */
const SIZES = {
  square_hd: [1024, 1024],
  square: [512, 512],
  portrait_4_3: [768, 1024],
  portrait_16_9: [576, 1024],
  landscape_4_3: [1024, 768],
  landscape_16_9: [1024, 576],
} as const;

const side = z.int().min(64).max(4_096);
const lora = z.strictObject({ path: z.string().min(1), scale: z.number().min(0).max(4).default(1) });
const common = {
  prompt: z.string().min(1),
  image_size: z
    .union([
      z.enum(Object.keys(SIZES) as (keyof typeof SIZES)[]).transform((name) => ({ width: SIZES[name][0], height: SIZES[name][1] })),
      z.strictObject({ width: side, height: side }),
    ])
    .default({ width: 1024, height: 768 }),
  num_images: z.int().min(1).max(4).default(1),
  seed: z
    .int()
    .min(0)
    .max(2 ** 53 - 1)
    .optional(),
  enable_safety_checker: z.boolean().default(true),
  output_format: z.enum(['jpeg', 'png']).default('jpeg'),
  sync_mode: z.boolean().default(false),
  acceleration: z.string().optional(),
};
const steps = (min: number, max: number) => z.int().min(min).max(max).optional();
const guidance = (min: number, max: number) => z.number().min(min).max(max).optional();
const loras = (max: number) => z.array(lora).max(max).default([]);

/** By path. A LoRA for another base model is accepted and has no effect, as at fal. */
export const FAL_ENDPOINTS = {
  'fal-ai/z-image/turbo': { input: z.strictObject({ ...common, num_inference_steps: steps(1, 8) }), perMegapixel: 5_000 },
  'fal-ai/z-image/turbo/lora': { input: z.strictObject({ ...common, num_inference_steps: steps(1, 8), loras: loras(3) }), perMegapixel: 8_500 },
  'fal-ai/flux/dev': {
    input: z.strictObject({ ...common, num_inference_steps: steps(1, 50), guidance_scale: guidance(1, 20) }),
    perMegapixel: 25_000,
  },
  'fal-ai/flux-lora': {
    input: z.strictObject({ ...common, num_inference_steps: steps(1, 50), guidance_scale: guidance(0, 35), loras: loras(10) }),
    perMegapixel: 35_000,
  },
  'fal-ai/flux-2/lora': {
    input: z.strictObject({ ...common, num_inference_steps: steps(4, 50), guidance_scale: guidance(0, 20), loras: loras(3) }),
    perMegapixel: 21_000,
  },
} as const;
export type FalInput = z.output<z.ZodObject<typeof common>> & { readonly loras?: readonly { readonly path: string; readonly scale: number }[] };

/** Megapixels are rounded up for each picture. */
export function falPrice(perMegapixel: number, { image_size: { width, height }, num_images: count }: FalInput): number {
  return perMegapixel * count * Math.ceil((width * height) / (1024 * 1024));
}
