import { z } from 'zod';

/** What the sandbox's Stability accepts, strictly. Form fields are text. */
const RATIOS = ['21:9', '16:9', '3:2', '5:4', '1:1', '4:5', '2:3', '9:16', '9:21'] as const;
const STYLES =
  'enhance anime photographic digital-art comic-book fantasy-art line-art analog-film neon-punk isometric low-poly origami modeling-compound cinematic 3d-model pixel-art tile-texture';

const number = z
  .string()
  .regex(/^-?\d+(?:\.\d+)?(?:e-?\d+)?$/, 'must be a number')
  .transform(Number);
const common = {
  prompt: z.string().min(1).max(10_000),
  negative_prompt: z.string().max(10_000).optional(),
  aspect_ratio: z.enum(RATIOS).default('1:1'),
  seed: number.pipe(z.int().min(0).max(4_294_967_294)).default(0),
};
const image = z.instanceof(File).optional();
const strength = number.pipe(z.number().min(0).max(1)).optional();
const anyFormat = z.enum(['png', 'jpeg', 'webp']).default('png');

const core = z.strictObject({ ...common, style_preset: z.enum(STYLES.split(' ')).optional(), output_format: anyFormat });
const ultra = z
  .strictObject({ ...common, image, strength, output_format: anyFormat })
  .refine((form) => (form.image === undefined) === (form.strength === undefined), { path: ['strength'], message: 'is required with image' });
const sd3 = z
  .strictObject({
    ...common,
    aspect_ratio: z.enum(RATIOS).optional(),
    image,
    strength,
    mode: z.enum(['text-to-image', 'image-to-image']).default('text-to-image'),
    model: z.enum(['sd3.5-large', 'sd3.5-large-turbo', 'sd3.5-medium']).default('sd3.5-large'),
    cfg_scale: number.pipe(z.number().min(1).max(10)).optional(),
    output_format: z.enum(['png', 'jpeg']).default('png'),
  })
  .refine((form) => (form.mode === 'image-to-image') === (form.image !== undefined), { path: ['image'], message: 'goes with mode image-to-image' })
  .refine((form) => form.mode === 'text-to-image' || form.aspect_ratio === undefined, {
    path: ['aspect_ratio'],
    message: 'is for text-to-image only',
  })
  .refine((form) => form.model !== 'sd3.5-large-turbo' || form.negative_prompt === undefined, { path: ['negative_prompt'], message: 'is not taken' });

export const STABILITY_FORMS = { core, ultra, sd3 } as const;
export type StabilityForm = z.output<typeof core> | z.output<typeof ultra> | z.output<typeof sd3>;

/** Credits are $0.01. */
const CREDITS = { core: 3, ultra: 8, 'sd3.5-large': 6.5, 'sd3.5-large-turbo': 4, 'sd3.5-medium': 3.5 } as const;

/** The price of a valid request in millionths of a US dollar. */
export function stabilityPrice(endpoint: keyof typeof STABILITY_FORMS, form: StabilityForm): number {
  return CREDITS[endpoint === 'sd3' ? ('model' in form ? form.model : 'sd3.5-large') : endpoint] * 10_000;
}
