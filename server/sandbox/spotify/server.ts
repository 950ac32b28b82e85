import { createServer } from 'node:http';
import type { CapabilityProfile } from '#shared/vocabulary.ts';
import { listen } from '../http-server.ts';
import type { SandboxCatalogue } from '#server/sandbox/catalog/catalog.ts';
import { createGeneratedCatalogue, GENERATED_DEFAULTS } from '#server/sandbox/catalog/generated.ts';
import { createControl } from './control/control.ts';
import type { SandboxControl } from './control/control.ts';
import { createFaultBook } from './control/faults.ts';
import { createRequestLimits } from './control/request-limits.ts';
import type { RateWindow } from './control/request-limits.ts';
import { createRequestLog } from './control/request-log.ts';
import { serveRequest } from './serve-request.ts';
import { openStateFile } from './state/state-file.ts';
import type { RegisteredClient, World } from './state/world.ts';

/** The last requests that the log keeps whole; totals are kept for ever. */
const LOG_SIZE = 5000;

export interface SpotifySandboxOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** 600 generated albums of seed 1 unless said. */
  readonly catalogue?: SandboxCatalogue | { readonly albums: number; readonly seed: number };
  /** Where people, tokens and playlists outlive the process; absent: memory only. */
  readonly stateFile?: string;
  /** `dev-2026` unless said. */
  readonly profile?: CapabilityProfile;
  /** Milliseconds since the epoch, before the sandbox's own offset. */
  readonly now?: () => number;
  /** None: no limit. */
  readonly rateWindow?: RateWindow;
  /** Ids of the people on the app's list; otherwise everybody but `stranger`. */
  readonly allowlist?: readonly string[];
  /** Refresh tokens of public clients are good once (default). */
  readonly rotation?: boolean;
  /** Otherwise any client id and any secret will do. */
  readonly client?: RegisteredClient;
}

export interface SpotifySandbox extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`: what `https://api.spotify.com` is to the real API, before any `/v1`. */
  readonly origin: string;
  /** Base of the Web API with its version, without a trailing slash: `http://127.0.0.1:PORT/v1`. */
  readonly apiUrl: string;
  /** Base of the accounts service, without a trailing slash; `/authorize` and `/api/token` follow. */
  readonly accountsUrl: string;
  readonly control: SandboxControl;
  close(): Promise<void>;
}

/** Starts Spotify's stand-in on the loopback interface: Web API, accounts service, cover pictures and `/_sandbox` control on one port. */
export async function startSpotifySandbox(options: SpotifySandboxOptions = {}): Promise<SpotifySandbox> {
  const file = openStateFile(options.stateFile);
  const clock = options.now ?? Date.now;
  let origin = '';
  const world: World = {
    catalogue: catalogueOf(options.catalogue),
    profile: options.profile ?? 'dev-2026',
    state: file.state,
    switches: { rotation: options.rotation ?? true, ownerHasPremium: true, listLagMs: 0, coverDelayMs: 0 },
    client: options.client,
    albumConditions: new Map(),
    faults: createFaultBook(),
    limits: createRequestLimits(options.rateWindow),
    log: createRequestLog(LOG_SIZE),
    now: () => clock() + file.state.clockOffsetMs,
    origin: () => origin,
    touch: (...changed) => file.touch(...changed),
  };
  if (options.allowlist) for (const person of world.state.people.values()) person.allowListed = options.allowlist.includes(person.id);
  const control = createControl(world);
  const server = createServer((request, response) => {
    // Its own time, which is not the machine's when a test moves it.
    response.setHeader('date', new Date(world.now()).toUTCString());
    return serveRequest(world, control, { request, response });
  });
  const listening = await listen(server, options.port ?? 0);
  origin = listening.origin;
  const close = async () => {
    await listening.close();
    file.close();
  };
  return { origin, apiUrl: `${origin}/v1`, accountsUrl: origin, control, close, [Symbol.asyncDispose]: close };
}

function catalogueOf(asked: SpotifySandboxOptions['catalogue']): SandboxCatalogue {
  if (asked && 'albumIdAt' in asked) return asked;
  return createGeneratedCatalogue(asked ?? GENERATED_DEFAULTS);
}
