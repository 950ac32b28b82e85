import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { House } from '#server/boot.ts';
import { countSourcesByStatus } from '#server/repos/catalog/album-sources.ts';
import type { Sandbox } from '#server/sandbox/start-sandbox.ts';
import { seedDemoNetwork } from '#server/use-cases/demo/seed-demo-network.ts';

/** The stand-in's people who lend their accounts to the demo; the others are for signing in. */
const LENDERS = ['segue-north', 'segue-south', 'segue-east'];
/** As many lines as one intake takes. */
const LINKS_MAX = 10_000;

/**
 * Fills a new house with the sandbox's music, through the same doors as any other. Begun only where nothing was ever taken in, and then finished
 * by later starts if this one is cut off. Does nothing with real vendors.
 */
export async function seedDemo(house: House, signal: AbortSignal): Promise<void> {
  const { deps, sandbox, env } = house;
  if (!sandbox) return;
  const mark = path.join(env.SEGUE_HOME, 'demo-network');
  const state = existsSync(mark) ? readFileSync(mark, 'utf8').trim() : '';
  if (state === 'done') return;
  const sources = await countSourcesByStatus(deps.db);
  if (state !== 'begun' && Object.values(sources).some((count) => count > 0)) return;
  writeFileSync(mark, 'begun\n');
  deps.log.info('the demo network is being made; watch it grow in the browser');
  await seedDemoNetwork(deps, { albumLinks: albumLinks(sandbox), people: LENDERS, consent: pressAgree }, signal);
  writeFileSync(mark, 'done\n');
  deps.log.info('the demo network is ready');
}

function albumLinks({ catalogue }: Sandbox): string[] {
  const ids = Array.from({ length: Math.min(catalogue.albumCount, LINKS_MAX) }, (_, index) => catalogue.albumIdAt(index));
  return ids.filter((id) => id !== undefined).map((id) => `https://open.spotify.com/album/${id}`);
}

/** What a person would do on the stand-in's consent page; the redirect is read, not followed. */
async function pressAgree(authorizeUrl: string, person: string): Promise<{ code: string; state: string }> {
  const page = new URL(authorizeUrl);
  page.searchParams.set('sandbox_user', person);
  page.searchParams.set('sandbox_consent', 'yes');
  const answer = await fetch(page, { redirect: 'manual' });
  const back = URL.parse(answer.headers.get('location') ?? '')?.searchParams;
  const code = back?.get('code');
  const state = back?.get('state');
  if (!code || !state) throw new Error(`The sandbox did not let ${person} agree (${answer.status}).`);
  return { code, state };
}
