import { z } from 'zod';
import { apiKey, choiceSetting, webAddress } from './setting-types.ts';

/** Where pictures are stored, and the bucket. */
export const S3_SETTINGS = {
  ASSETS_STORE: choiceSetting(['disk', 's3']).default('disk'),
  S3_URL: webAddress('https://s3.eu-central-1.amazonaws.com').optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/, 'is not the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens')
    .optional(),
  S3_PREFIX: z
    .string()
    .regex(/^(?:[\w.-]+\/){1,8}$/, 'is not a folder: write it like segue/assets/, with a slash at the end and none at the start')
    .default('assets/'),
  S3_REGION: z
    .string()
    .regex(/^[a-z\d-]{1,40}$/, 'is not a region: write it like eu-central-1')
    .default('us-east-1'),
  S3_PATH_STYLE: choiceSetting(['yes', 'no']).optional(),
  S3_ACCESS_KEY_ID: apiKey,
  S3_SECRET_ACCESS_KEY: apiKey,
};

/** Settings that contradict each other, as sentences with their remedy. */
export function s3Problems(env: z.infer<z.ZodObject<typeof S3_SETTINGS>>): string[] {
  const problems: string[] = [];
  const s3 = [env.S3_BUCKET, env.S3_ACCESS_KEY_ID, env.S3_SECRET_ACCESS_KEY];
  if (s3.some((value) => value !== undefined) && s3.includes(undefined)) {
    problems.push('S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together: set all three, or none.');
  }
  if (env.ASSETS_STORE === 's3' && env.S3_BUCKET === undefined) {
    problems.push('ASSETS_STORE is s3 without S3_BUCKET: set S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or leave ASSETS_STORE out.');
  }
  return problems;
}
