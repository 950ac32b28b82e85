import { readFileSync, writeFileSync } from 'node:fs';
import type { SandboxCatalogue } from '#server/sandbox/catalog/catalog.ts';
import { createGeneratedCatalogue, GENERATED_DEFAULTS } from '#server/sandbox/catalog/generated.ts';
import { startMusicbrainzSandbox } from './musicbrainz/server.ts';
import { startReccobeatsSandbox } from './reccobeats/server.ts';
import { startSpotifySandbox } from './spotify/server.ts';
import type { SpotifySandbox, SpotifySandboxOptions } from './spotify/server.ts';
import type { StandIn } from './stand-in.ts';

export interface SandboxOptions extends Omit<SpotifySandboxOptions, 'port'> {
  /** Spotify takes this port, ReccoBeats the next, MusicBrainz the one after; 0 or absent: any free ones. */
  readonly port?: number;
  /** Where Spotify's port is kept from start to start, so that addresses it gave out, of pictures above all, go on leading there. */
  readonly portFile?: string;
  /** MusicBrainz answers 503 above one request a second. Off unless said. */
  readonly throttleMusicbrainz?: boolean;
}

export interface Sandbox extends AsyncDisposable {
  readonly spotify: SpotifySandbox;
  readonly reccobeats: StandIn;
  readonly musicbrainz: StandIn;
  readonly catalogue: SandboxCatalogue;
  /** The variables of server/env.ts that point Segue at this sandbox. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Starts all stand-ins over one catalogue. If one cannot start, none is left running. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const asked = options.catalogue ?? GENERATED_DEFAULTS;
  const catalogue = 'albumIdAt' in asked ? asked : createGeneratedCatalogue(asked);
  const { port = 0, throttleMusicbrainz = false } = options;
  const place = (nth: number) => (port === 0 ? 0 : port + nth);
  const spotify = await startSpotify({ ...options, catalogue, port });
  const started: AsyncDisposable[] = [spotify];
  const close = async () => {
    for (const one of started.toReversed()) await one[Symbol.asyncDispose]();
  };
  try {
    const reccobeats = await startReccobeatsSandbox({ catalogue, port: place(1) });
    started.push(reccobeats);
    const musicbrainz = await startMusicbrainzSandbox({ catalogue, port: place(2), throttle: throttleMusicbrainz });
    started.push(musicbrainz);
    const env = {
      SPOTIFY_API_URL: spotify.origin,
      SPOTIFY_ACCOUNTS_URL: spotify.accountsUrl,
      RECCOBEATS_URL: reccobeats.url,
      MUSICBRAINZ_URL: musicbrainz.url,
    };
    return { spotify, reccobeats, musicbrainz, catalogue, env, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** At its former port when that is known and free; at the port asked for, or any free one, otherwise. */
async function startSpotify({ portFile, port, ...options }: SandboxOptions & { port: number }): Promise<SpotifySandbox> {
  const former = portFile === undefined || port !== 0 ? 0 : formerPort(portFile);
  const spotify = await startSpotifySandbox({ ...options, port: former || port }).catch((error: unknown) => {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (former === 0 || !isTaken) throw error;
    return startSpotifySandbox({ ...options, port });
  });
  if (portFile !== undefined) writeFileSync(portFile, `${new URL(spotify.origin).port}\n`);
  return spotify;
}

/** 0 when none is kept, or what is kept is no port. */
function formerPort(file: string): number {
  try {
    const port = Number(readFileSync(file, 'utf8').trim());
    return Number.isInteger(port) && port >= 1024 && port <= 65_535 ? port : 0;
  } catch {
    return 0;
  }
}
