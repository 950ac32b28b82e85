import path from 'node:path';
import type { Env } from './env.ts';
import { combineAssets } from './providers/asset-files/combine-assets.ts';
import { createAssetFiles } from './providers/asset-files/create-asset-files.ts';
import { createS3Assets } from './providers/asset-files/create-s3-assets.ts';
import type { AssetStore } from './providers/render-ports.ts';

export interface AssetStores {
  /** Writes to the store of ASSETS_STORE and reads from every store that is set up. */
  readonly assets: AssetStore;
  readonly disk: AssetStore;
  /** Undefined without S3_BUCKET. */
  readonly s3: AssetStore | undefined;
}

/** Creates the stores that the settings name. */
export function createAssetStores(env: Env, now: () => Date): AssetStores {
  const disk = createAssetFiles(path.join(env.SEGUE_HOME, 'assets'));
  const s3 = createBucket(env, now);
  if (!s3) return { assets: disk, disk, s3 };
  return { assets: env.ASSETS_STORE === 's3' ? combineAssets(s3, disk) : combineAssets(disk, s3), disk, s3 };
}

function createBucket(env: Env, now: () => Date): AssetStore | undefined {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey, S3_REGION: region } = env;
  if (bucket === undefined || accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return createS3Assets({
    url: env.S3_URL ?? `https://s3.${region}.amazonaws.com`,
    region,
    bucket,
    accessKeyId,
    secretAccessKey,
    prefix: env.S3_PREFIX,
    pathStyle: env.S3_PATH_STYLE === undefined ? env.S3_URL !== undefined : env.S3_PATH_STYLE === 'yes',
    now,
  });
}
