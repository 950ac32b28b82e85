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

const picture = z.instanceof(File, { message: 'is required' });
const grow = number.pipe(z.int().min(0).max(20)).optional();
const { aspect_ratio: _ratio, ...words } = common;
const inpaint = z.strictObject({ ...words, image: picture, mask: image, grow_mask: grow, output_format: anyFormat });
const searchAndReplace = z.strictObject({
  ...words,
  image: picture,
  search_prompt: z.string().min(1).max(10_000),
  grow_mask: grow,
  output_format: anyFormat,
});
const removeBackground = z.strictObject({ image: picture, output_format: z.enum(['png', 'webp']).default('png') });
const upscale = z.strictObject({ image: picture, output_format: anyFormat });

/** By path below `/v2beta/stable-image/`. */
export const STABILITY_FORMS: Readonly<Record<string, z.ZodType<StabilityForm>>> = {
  'generate/core': core,
  'generate/ultra': ultra,
  'generate/sd3': sd3,
  'edit/inpaint': inpaint,
  'edit/search-and-replace': searchAndReplace,
  'edit/remove-background': removeBackground,
  'upscale/fast': upscale,
};

/** A valid form; what an endpoint does not take is missing. */
export interface StabilityForm {
  readonly prompt?: string | undefined;
  readonly seed?: number | undefined;
  readonly aspect_ratio?: string | undefined;
  readonly output_format: 'png' | 'jpeg' | 'webp';
  readonly model?: keyof typeof SD3_CREDITS | undefined;
  readonly strength?: number | undefined;
  readonly image?: File | undefined;
  readonly mask?: File | undefined;
}

/** The most pixels of a picture that is sent along, by path; the others take nine million. */
const PIXELS_MAX: Readonly<Record<string, number>> = { 'edit/remove-background': 4_194_304, 'upscale/fast': 1_048_576 };
export const stabilityPixelsMax = (path: string): number => PIXELS_MAX[path] ?? 9_437_184;

/** Credits are $0.01. */
const SD3_CREDITS = { 'sd3.5-large': 6.5, 'sd3.5-large-turbo': 4, 'sd3.5-medium': 3.5 } as const;
const CREDITS: Readonly<Record<string, number>> = { 'generate/core': 3, 'generate/ultra': 8, 'upscale/fast': 2 };
const EDIT_CREDITS = 5;

/** The price of a valid request in millionths of a US dollar. */
export function stabilityPrice(path: string, { model = 'sd3.5-large' }: StabilityForm): number {
  return (path === 'generate/sd3' ? SD3_CREDITS[model] : (CREDITS[path] ?? EDIT_CREDITS)) * 10_000;
}
