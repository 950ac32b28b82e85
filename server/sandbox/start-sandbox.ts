import { readFileSync, writeFileSync } from 'node:fs';
import type { SandboxCatalog } from '#server/sandbox/catalog/catalog.ts';
import { createGeneratedCatalog, GENERATED_DEFAULTS } from '#server/sandbox/catalog/generated-catalog.ts';
import { startMusicbrainzSandbox } from './musicbrainz/server.ts';
import { startReccobeatsSandbox } from './reccobeats/server.ts';
import { startSpotifySandbox } from './spotify/server.ts';
import type { SpotifySandbox, SpotifySandboxOptions } from './spotify/server.ts';
import type { SandboxVendor } from './sandbox-vendor.ts';

export interface SandboxOptions extends Omit<SpotifySandboxOptions, 'port'> {
  /** Spotify's port; ReccoBeats uses the next, MusicBrainz the one after. 0 or absent: any free ports. */
  readonly port?: number;
  /** File that stores Spotify's port between starts, so that stored URLs, mainly of images, stay valid. */
  readonly portFile?: string;
  /** MusicBrainz responds with 503 above one request a second. Default: off. */
  readonly throttleMusicbrainz?: boolean;
}

export interface Sandbox extends AsyncDisposable {
  readonly spotify: SpotifySandbox;
  readonly reccobeats: SandboxVendor;
  readonly musicbrainz: SandboxVendor;
  readonly catalog: SandboxCatalog;
  /** The variables of server/env.ts that point Segue at this sandbox. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

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
    const env = {
      SPOTIFY_API_URL: spotify.origin,
      SPOTIFY_ACCOUNTS_URL: spotify.accountsUrl,
      RECCOBEATS_URL: reccobeats.url,
      MUSICBRAINZ_URL: musicbrainz.url,
    };
    return { spotify, reccobeats, musicbrainz, catalog, env, close, [Symbol.asyncDispose]: close };
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
