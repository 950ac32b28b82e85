import { createCaches } from '#server/caches.ts';
import type { Deps } from '#server/deps.ts';
import { openPool } from '#server/database/pool.ts';
import { createAssetFiles } from '#server/providers/asset-files/create-asset-files.ts';
import type { AssetStore } from '#server/providers/render-ports.ts';
import { createCoverJpeg } from '#server/providers/cover-jpeg/cover-jpeg.ts';
import { createDatabase } from '#server/repos/database.ts';
import { createFaultPoint } from '#server/runtime/fault-point.ts';
import { MODELS } from '#shared/domain/studio/models/index.ts';
import { AppError } from '#shared/errors.ts';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createPaidVendorClient } from './paid-vendor-client.ts';

/** How a process of a test reaches what it shares with the others. */
export interface RenderPlace {
  readonly databaseUrl: string;
  readonly home: string;
  readonly vendorUrl: string;
  /** Fault point at which to die, `name:n`; empty for none. */
  readonly faultAt: string;
}

const silentLog = { debug() {}, info() {}, warn() {}, error: (message: string, context?: object) => console.error(message, context) };

/** The disk of all processes of a home is full while it has a file of this name. */
export const FULL_DISK = 'disk-is-full';

function createFillableFiles(home: string): AssetStore {
  const files = createAssetFiles(path.join(home, 'assets'));
  const requireSpace = () => {
    if (existsSync(path.join(home, FULL_DISK)))
      throw new AppError('unavailable', { message: 'The disk for pictures is full.', remedy: 'Ask the operator to free space, then try again.' });
  };
  return {
    ...files,
    write: async (bytes) => {
      requireSpace();
      return files.write(bytes);
    },
    requireRoom: async (bytes) => {
      requireSpace();
      await files.requireRoom(bytes);
    },
  };
}

/** The dependencies of renders alone, so that a process that is about to be killed starts fast. */
export function openRenderDeps({ databaseUrl, home, vendorUrl, faultAt }: RenderPlace): Deps {
  const pool = openPool(databaseUrl, { role: 'jobs', max: 10, name: 'segue renders', log: silentLog });
  const deps = {
    db: createDatabase(pool),
    pool,
    log: silentLog,
    now: () => new Date(),
    newId: () => randomUUID(),
    caches: createCaches(),
    assets: createFillableFiles(home),
    coverFiles: createCoverJpeg(),
    models: MODELS,
    renderVendors: {
      fal: createPaidVendorClient(vendorUrl, { way: 'queue' }),
      stability: createPaidVendorClient(vendorUrl, { way: 'direct' }),
    },
    faultPoint: createFaultPoint(faultAt === '' ? undefined : faultAt),
    close: () => pool.end(),
  };
  return deps as Partial<Deps> as Deps;
}
