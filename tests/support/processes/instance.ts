import { SYSTEM } from '#server/actor.ts';
import { createDeps } from '#server/compose.ts';
import type { Deps } from '#server/deps.ts';
import { loadEnv } from '#server/env.ts';
import type { ReadyEnv } from '#server/runtime/ready-env.ts';
import { consentAs } from '#server/sandbox/consent.ts';
import { beginConnect, finishConnect } from '#server/use-cases/accounts/connect-account.ts';

const silentLog = { debug() {}, info() {}, warn() {}, error: (message: string, context?: object) => console.error(message, context) };

interface InstanceOptions {
  readonly variables?: Record<string, string>;
  readonly now?: () => Date;
}

/** Composes the product's dependencies against a sandbox, with fixed test keys. The caller closes them. */
export function openInstance(databaseUrl: string, sandbox: Readonly<Record<string, string>>, { variables = {}, now }: InstanceOptions = {}): Deps {
  const env = loadEnv({
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: 'http://127.0.0.1:3000',
    ADMIN_API_KEY: 'an-admin-key-of-no-consequence',
    SPOTIFY_CLIENT_ID: 'segue',
    SPOTIFY_CLIENT_SECRET: 'of-no-consequence',
    SPOTIFY_TOKEN_KEY: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
    MUSICBRAINZ_CONTACT: 'nobody@example.org',
    ...sandbox,
    ...variables,
  });
  return createDeps(env as ReadyEnv, silentLog, now ? { now } : {});
}

/** Connects a sandbox person's account to the network through the whole OAuth flow. Throws when it is refused. */
export async function connectAs(deps: Deps, person: string): Promise<void> {
  const begun = await beginConnect(deps, SYSTEM, {});
  const consent = await consentAs(begun.authorizeUrl, person);
  const connected = await finishConnect(deps, SYSTEM, { ...consent, browserSecret: begun.browserSecret });
  if (connected.kind === 'refused') throw new Error(`The account of ${person} could not be connected.`, { cause: connected });
}
