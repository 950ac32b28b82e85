import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { CapabilityProfile } from '#shared/vocabulary.ts';
import { listen } from '../http-server.ts';
import type { SandboxCatalog } from '#server/sandbox/catalog/catalog.ts';
import { createGeneratedCatalog, GENERATED_DEFAULTS } from '#server/sandbox/catalog/generated-catalog.ts';
import { createControl } from './control/control.ts';
import type { SandboxControl } from './control/control.ts';
import { createFaultQueue } from './control/faults.ts';
import { createRequestLimits } from './control/request-limits.ts';
import type { RateWindow } from './control/request-limits.ts';
import { createRequestLog } from './control/request-log.ts';
import { serveRequest } from './serve-request.ts';
import { openStateFile } from './state/state-file.ts';
import type { RegisteredClient, SandboxContext } from './state/sandbox-context.ts';

/** Number of requests kept in the log; totals are unlimited. */
const LOG_SIZE = 5000;

export interface SpotifySandboxOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Default: 600 generated albums of seed 1. */
  readonly catalog?: SandboxCatalog | { readonly albums: number; readonly seed: number };
  /** File that stores users, tokens and playlists; absent: in memory only. */
  readonly stateFile?: string;
  /** Default: `dev-2026`. */
  readonly profile?: CapabilityProfile;
  /** Milliseconds since the epoch, without the sandbox's clock offset. */
  readonly now?: () => number;
  /** Absent: no limit. */
  readonly rateWindow?: RateWindow;
  /** Ids of the users on the app's list; default: everyone except `stranger`. */
  readonly allowlist?: readonly string[];
  /** Refresh tokens of public clients are single-use; default: true. */
  readonly rotation?: boolean;
  /** Absent: any client id and secret are accepted. */
  readonly client?: RegisteredClient;
  /** The control API requires it in the header `X-Sandbox-Token`; absent: a random one. */
  readonly controlToken?: string;
}

export interface SpotifySandbox extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, the counterpart of `https://api.spotify.com`, without `/v1`. */
  readonly origin: string;
  /** Base of the Web API with its version, without a trailing slash: `http://127.0.0.1:PORT/v1`. */
  readonly apiUrl: string;
  /** Base of the accounts service, without a trailing slash; `/authorize` and `/api/token` follow. */
  readonly accountsUrl: string;
  /** Control in this process. */
  readonly control: SandboxControl;
  /** Token of the control API over HTTP. */
  readonly controlToken: string;
  close(): Promise<void>;
}

/** Starts the Spotify sandbox on the loopback interface: Web API, accounts service, images and `/_sandbox` control on one port. */
export async function startSpotifySandbox(options: SpotifySandboxOptions = {}): Promise<SpotifySandbox> {
  const file = openStateFile(options.stateFile);
  const clock = options.now ?? Date.now;
  let origin = '';
  const sandbox: SandboxContext = {
    catalog: catalogOf(options.catalog),
    profile: options.profile ?? 'dev-2026',
    state: file.state,
    switches: { rotation: options.rotation ?? true, ownerHasPremium: true, listLagMs: 0, coverDelayMs: 0 },
    client: options.client,
    albumConditions: new Map(),
    faults: createFaultQueue(),
    limits: createRequestLimits(options.rateWindow),
    log: createRequestLog(LOG_SIZE),
    now: () => clock() + file.state.clockOffsetMs,
    origin: () => origin,
    persist: (...changed) => file.persist(...changed),
  };
  if (options.allowlist) for (const person of sandbox.state.people.values()) person.allowListed = options.allowlist.includes(person.id);
  const control = createControl(sandbox);
  const controlToken = options.controlToken ?? randomBytes(24).toString('base64url');
  const server = createServer((request, response) => {
    // The sandbox's clock, which tests can move.
    response.setHeader('date', new Date(sandbox.now()).toUTCString());
    return serveRequest(sandbox, { control, controlToken }, { request, response });
  });
  const listening = await listen(server, options.port ?? 0);
  origin = listening.origin;
  const close = async () => {
    await listening.close();
    file.close();
  };
  return { origin, apiUrl: `${origin}/v1`, accountsUrl: origin, control, controlToken, close, [Symbol.asyncDispose]: close };
}

function catalogOf(source: SpotifySandboxOptions['catalog']): SandboxCatalog {
  if (source && 'albumIdAt' in source) return source;
  return createGeneratedCatalog(source ?? GENERATED_DEFAULTS);
}
