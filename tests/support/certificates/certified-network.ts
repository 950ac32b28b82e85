import { SYSTEM } from '#server/actor.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { startTestApp, TEST_ADMIN_KEY } from '#tests/support/app.ts';
import { createTestSigner } from '#tests/support/certificates/forge.ts';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';

export const CERTIFIED_DAY = '2026-11-21';
export const LEDGER_FROM = '2026-10-01';
/** The operator's own keys, so that tests can also forge as an operator would. */
const SEED = Buffer.alloc(32, 9);
export const CERTIFIED_ENV = { SEGUE_SIGNING_KEY: SEED.toString('base64'), SPOTIFY_TOKEN_KEY: `k1:${Buffer.alloc(32, 7).toString('base64')}` };
export const operator = createTestSigner(SEED);

const never = new AbortController().signal;

/** Three playlists of one repeat scope over five days, one with turnover and a pin, behind a real HTTP server. */
export async function startCertifiedNetwork() {
  const app = await startTestApp({ at: `${CERTIFIED_DAY}T05:00:00Z`, http: true, env: CERTIFIED_ENV });
  await fillLargeNetwork(app.databaseUrl, { recordings: 3_000, playlists: 0, policies: 0, historyDays: 0, today: CERTIFIED_DAY });
  const all = { version: 1, pool: { all: [] }, rest: { days: 20, scope: 'network' } } as const;
  const staying = { ...all, size: 12, turnover: 0.5, pins: [{ recording: { recordingId: 7 }, position: 1 }] };
  for (const [name, body, count] of [
    ['Harbour', { ...all, size: 15 }, 2],
    ['Tide', staying, 1],
  ] as const) {
    const { id } = await createPolicy({ ...app.deps, provePolicy }, SYSTEM, { name, body });
    await createPlaylists(app.deps, SYSTEM, { themeTag: name, policyId: id, count });
  }
  for (let back = 4; back >= 0; back -= 1) await curatePlaylists(app.deps, { day: addDays(CERTIFIED_DAY, -back), trigger: 'test', signal: never });
  // Tests compute for longer than the server keeps an idle connection open.
  const closing = { connection: 'close' };
  /** The body of a file of this server. Throws when it is not answered with 200. */
  const download = async (address: string, key?: string): Promise<string> => {
    const answer = await fetch(`${app.baseUrl}${address}`, { headers: key === undefined ? closing : { ...closing, 'x-admin-api-key': key } });
    if (answer.status !== 200) throw new Error(`${address} was answered with ${answer.status}: ${await answer.text()}`);
    return answer.text();
  };
  const days = `?from=${LEDGER_FROM}&to=${CERTIFIED_DAY}`;
  return {
    app,
    download,
    certificate: await download(`/certificates/3/${CERTIFIED_DAY}.json`),
    ledger: await download(`/ledger.ndjson${days}`, TEST_ADMIN_KEY),
    publicLedger: await download(`/public-ledger.ndjson${days}`),
  };
}

export type CertifiedNetwork = Awaited<ReturnType<typeof startCertifiedNetwork>>;

/** A text as a stream of small chunks. */
export async function* inChunks(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
}
