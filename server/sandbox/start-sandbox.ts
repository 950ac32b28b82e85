import { readFileSync, writeFileSync } from 'node:fs';
import type { SandboxCatalog } from '#server/sandbox/catalog/catalog.ts';
import { createGeneratedCatalog, GENERATED_DEFAULTS } from '#server/sandbox/catalog/generated-catalog.ts';
import { FAL_ENDPOINTS } from './fal/requests.ts';
import type { FalEndpoint } from './fal/requests.ts';
import { startFalSandbox } from './fal/server.ts';
import type { FalSandbox } from './fal/server.ts';
import { startStabilitySandbox } from './stability/server.ts';
import type { StabilitySandbox } from './stability/server.ts';
import { startGeminiSandbox } from './gemini/server.ts';
import type { GeminiSandbox } from './gemini/server.ts';
import { startMusicbrainzSandbox } from './musicbrainz/server.ts';
import { startReccobeatsSandbox } from './reccobeats/server.ts';
import { startS3Sandbox } from './s3/server.ts';
import type { S3Sandbox } from './s3/server.ts';
import { startSpotifySandbox } from './spotify/server.ts';
import type { SpotifySandbox, SpotifySandboxOptions } from './spotify/server.ts';
import type { SandboxVendor } from './sandbox-vendor.ts';

export interface SandboxOptions extends Omit<SpotifySandboxOptions, 'port'> {
  /** Spotify's port; ReccoBeats, MusicBrainz, Gemini, Stability, fal and S3 use the next ones. 0 or absent: any free ports. */
  readonly port?: number;
  /** File that stores Spotify's port between starts, so that stored URLs, mainly of images, stay valid. */
  readonly portFile?: string;
  /** MusicBrainz responds with 503 above one request a second. Default: off. */
  readonly throttleMusicbrainz?: boolean;
  /** Models of fal besides those that it has, by path. */
  readonly falEndpoints?: Readonly<Record<string, FalEndpoint>>;
}

export interface Sandbox extends AsyncDisposable {
  readonly spotify: SpotifySandbox;
  readonly reccobeats: SandboxVendor;
  readonly musicbrainz: SandboxVendor;
  readonly gemini: GeminiSandbox;
  readonly stability: StabilitySandbox;
  readonly fal: FalSandbox;
  readonly s3: S3Sandbox;
  readonly catalog: SandboxCatalog;
  /** The variables of server/env.ts that point Segue at this sandbox. */
  readonly env: Readonly<Record<string, string>>;
  /** The part of `env` for each image vendor: its address and a key. */
  readonly imageVendors: {
    readonly gemini: { readonly GEMINI_URL: string; readonly GEMINI_API_KEY: string };
    readonly stability: { readonly STABILITY_URL: string; readonly STABILITY_API_KEY: string };
    readonly fal: { readonly FAL_URL: string; readonly FAL_KEY: string };
  };
  /** The variables that store pictures in the sandbox's S3. Not part of `env`: its objects end with it. */
  readonly s3Env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Long enough that the log hides it, as it hides real keys. */
const SANDBOX_KEY = 'sandbox-key-of-no-value';

/** Starts all sandbox vendors with one shared catalog. If one fails to start, the others are closed. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const source = options.catalog ?? GENERATED_DEFAULTS;
  const catalog = 'albumIdAt' in source ? source : createGeneratedCatalog(source);
  const { port = 0, throttleMusicbrainz = false } = options;
  const portAt = (nth: number) => (port === 0 ? 0 : port + nth);
  const spotify = await startSpotify({ ...options, catalog, port });
  const started: AsyncDisposable[] = [spotify];
  const close = async () => {
    for (const one of started.toReversed()) await one[Symbol.asyncDispose]();
  };
  try {
    const reccobeats = await startReccobeatsSandbox({ catalog, port: portAt(1) });
    started.push(reccobeats);
    const musicbrainz = await startMusicbrainzSandbox({ catalog, port: portAt(2), throttle: throttleMusicbrainz });
    started.push(musicbrainz);
    const gemini = await startGeminiSandbox({ port: portAt(3) });
    started.push(gemini);
    const stability = await startStabilitySandbox({ port: portAt(4) });
    started.push(stability);
    const fal = await startFalSandbox({
      port: portAt(5),
      ...(options.now ? { now: options.now } : {}),
      ...(options.falEndpoints ? { endpoints: { ...FAL_ENDPOINTS, ...options.falEndpoints } } : {}),
    });
    started.push(fal);
    const s3 = await startS3Sandbox({ port: portAt(6), ...(options.now ? { now: options.now } : {}) });
    started.push(s3);
    const imageVendors = {
      gemini: { GEMINI_URL: gemini.url, GEMINI_API_KEY: SANDBOX_KEY },
      stability: { STABILITY_URL: stability.url, STABILITY_API_KEY: SANDBOX_KEY },
      fal: { FAL_URL: fal.url, FAL_KEY: SANDBOX_KEY },
    };
    const env = {
      SPOTIFY_API_URL: spotify.origin,
      SPOTIFY_ACCOUNTS_URL: spotify.accountsUrl,
      RECCOBEATS_URL: reccobeats.url,
      MUSICBRAINZ_URL: musicbrainz.url,
      ...imageVendors.gemini,
      ...imageVendors.stability,
      ...imageVendors.fal,
    };
    const s3Env = {
      ASSETS_STORE: 's3',
      S3_URL: s3.url,
      S3_BUCKET: s3.bucket,
      S3_REGION: s3.key.region,
      S3_ACCESS_KEY_ID: s3.key.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.key.secretAccessKey,
    };
    return { spotify, reccobeats, musicbrainz, gemini, stability, fal, s3, catalog, env, imageVendors, s3Env, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Uses the stored port when it is known and free, otherwise the requested port or any free one. */
async function startSpotify({ portFile, port, ...options }: SandboxOptions & { port: number }): Promise<SpotifySandbox> {
  const storedPort = portFile === undefined || port !== 0 ? 0 : readStoredPort(portFile);
  const spotify = await startSpotifySandbox({ ...options, port: storedPort || port }).catch((error: unknown) => {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (storedPort === 0 || !isTaken) throw error;
    return startSpotifySandbox({ ...options, port });
  });
  if (portFile !== undefined) writeFileSync(portFile, `${new URL(spotify.origin).port}\n`);
  return spotify;
}

/** 0 when no valid port is stored. */
function readStoredPort(file: string): number {
  try {
    const port = Number(readFileSync(file, 'utf8').trim());
    return Number.isInteger(port) && port >= 1024 && port <= 65_535 ? port : 0;
  } catch {
    return 0;
  }
}
