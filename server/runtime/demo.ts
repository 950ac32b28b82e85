import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Runtime } from '#server/start-runtime.ts';
import { countSourcesByStatus } from '#server/repos/catalog/album-sources.ts';
import type { Sandbox } from '#server/sandbox/start-sandbox.ts';
import { seedDemoNetwork } from '#server/use-cases/demo/seed-demo-network.ts';

/** Sandbox users whose accounts host the demo's playlists; the other users are for signing in. */
const HOST_USERS = ['segue-north', 'segue-south', 'segue-east'];
/** The most links that one import accepts. */
const LINKS_MAX = 10_000;

/**
 * Fills a new installation with the sandbox's music through the regular use cases. Starts only when nothing was ever imported. A later start
 * finishes an interrupted run. Does nothing with real vendors.
 */
export async function seedDemo(runtime: Runtime, signal: AbortSignal): Promise<void> {
  const { deps, sandbox, env } = runtime;
  if (!sandbox) return;
  const stateFile = path.join(env.SEGUE_HOME, 'demo-network');
  const state = existsSync(stateFile) ? readFileSync(stateFile, 'utf8').trim() : '';
  if (state === 'done') return;
  const sources = await countSourcesByStatus(deps.db);
  if (state !== 'begun' && Object.values(sources).some((count) => count > 0)) return;
  writeFileSync(stateFile, 'begun\n');
  deps.log.info('creating the demo network; progress is visible in the browser');
  await seedDemoNetwork(deps, { albumLinks: albumLinks(sandbox), people: HOST_USERS, consent: approveConsent }, signal);
  writeFileSync(stateFile, 'done\n');
  deps.log.info('the demo network is ready');
}

function albumLinks({ catalog }: Sandbox): string[] {
  const ids = Array.from({ length: Math.min(catalog.albumCount, LINKS_MAX) }, (_, index) => catalog.albumIdAt(index));
  return ids.filter((id) => id !== undefined).map((id) => `https://open.spotify.com/album/${id}`);
}

/** Approves the sandbox's consent page as `person`. Reads the redirect without following it. */
async function approveConsent(authorizeUrl: string, person: string): Promise<{ code: string; state: string }> {
  const page = new URL(authorizeUrl);
  page.searchParams.set('sandbox_user', person);
  page.searchParams.set('sandbox_consent', 'yes');
  const response = await fetch(page, { redirect: 'manual' });
  const params = URL.parse(response.headers.get('location') ?? '')?.searchParams;
  const code = params?.get('code');
  const state = params?.get('state');
  if (!code || !state) throw new Error(`The sandbox did not accept the consent of ${person} (${response.status}).`);
  return { code, state };
}
