import { z } from 'zod';

/** What the sandbox's Gemini accepts, strictly: an unknown field is refused, as Google does. */
const RATIOS = ['1:1', '1:4', '1:8', '2:3', '3:2', '3:4', '4:1', '4:3', '4:5', '5:4', '8:1', '9:16', '16:9', '21:9'] as const;

const part = z.union([
  z.strictObject({ text: z.string().min(1).max(200_000) }),
  z.strictObject({ inlineData: z.strictObject({ mimeType: z.enum(['image/png', 'image/jpeg', 'image/webp']), data: z.base64() }) }),
]);
const contents = z.array(z.strictObject({ role: z.enum(['user', 'model']), parts: z.array(part).min(1) })).min(1);

/** Gemini's subset of OpenAPI schemas. */
const responseSchema = z.looseObject({ type: z.string() });
export type ResponseSchema = z.output<typeof responseSchema>;

export const imageRequest = z.strictObject({
  contents,
  generationConfig: z.strictObject({
    responseModalities: z.array(z.enum(['TEXT', 'IMAGE'])).refine((kinds) => kinds.includes('IMAGE')),
    imageConfig: z.strictObject({ aspectRatio: z.enum(RATIOS).default('1:1'), imageSize: z.enum(['1K', '2K', '4K']).default('1K') }).prefault({}),
  }),
  store: z.boolean().optional(),
  safetySettings: z.array(z.strictObject({ category: z.string(), threshold: z.string() })).optional(),
});
export type ImageRequest = z.output<typeof imageRequest>;

/** Without temperature, topP and topK, which the models since 3.6 no longer know. */
export const textRequest = z.strictObject({
  contents: contents.refine((turns) => turns.at(-1)?.role !== 'model', 'must not end with a model turn'),
  systemInstruction: z.strictObject({ role: z.literal('system').optional(), parts: z.array(part).min(1) }).optional(),
  generationConfig: z
    .strictObject({
      responseMimeType: z.enum(['application/json', 'text/plain']).optional(),
      responseSchema: responseSchema.optional(),
      maxOutputTokens: z.int().min(1).max(65_536).optional(),
      stopSequences: z.array(z.string()).max(5).optional(),
      thinkingConfig: z.strictObject({ thinkingLevel: z.enum(['LOW', 'MEDIUM', 'HIGH']) }).optional(),
    })
    .prefault({}),
  store: z.boolean().optional(),
  safetySettings: z.array(z.strictObject({ category: z.string(), threshold: z.string() })).optional(),
});
export type TextRequest = z.output<typeof textRequest>;

/** The text of all messages. */
export function promptOf({ contents: turns }: Pick<TextRequest, 'contents'>): string {
  return turns.flatMap(({ parts }) => parts.flatMap((each) => ('text' in each ? each.text : []))).join('\n');
}

/** The pictures of all messages, in their order. */
export function picturesOf({ contents: turns }: Pick<ImageRequest, 'contents'>): readonly Buffer[] {
  return turns.flatMap(({ parts }) => parts.flatMap((each) => ('inlineData' in each ? [Buffer.from(each.inlineData.data, 'base64')] : [])));
}

const PRICES = { '1K': 33_600, '2K': 50_400, '4K': 75_600 } as const;
/** For a million tokens that are sent. */
const SENT_USD = 1.5;
const PICTURE_TOKENS = 1_120;

/** What a picture costs in millionths of a dollar: by its size, and what was sent for it. */
export function geminiPrice(request: ImageRequest): number {
  return Math.ceil(PRICES[request.generationConfig.imageConfig.imageSize] + tokensOf(request) * SENT_USD);
}

/** Tokens of what was sent: four characters are one, and a picture has a fixed number. */
export function tokensOf(request: Pick<ImageRequest, 'contents'>): number {
  return Math.ceil(promptOf(request).length / 4) + picturesOf(request).length * PICTURE_TOKENS;
}
