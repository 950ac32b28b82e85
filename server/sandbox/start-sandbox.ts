import type { SandboxCatalogue } from './catalogue/catalogue.ts';
import { createGeneratedCatalogue, GENERATED_DEFAULTS } from './catalogue/generated.ts';
import { startMusicbrainzSandbox } from './musicbrainz/server.ts';
import { startReccobeatsSandbox } from './reccobeats/server.ts';
import { startSpotifySandbox } from './spotify/server.ts';
import type { SpotifySandbox, SpotifySandboxOptions } from './spotify/server.ts';
import type { StandIn } from './stand-in.ts';

export interface SandboxOptions extends Omit<SpotifySandboxOptions, 'port'> {
  /** Spotify takes this port, ReccoBeats the next, MusicBrainz the one after; 0 or absent: any free ones. */
  readonly port?: number;
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
  const spotify = await startSpotifySandbox({ ...options, catalogue, port });
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
