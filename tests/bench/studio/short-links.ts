import { createApp } from '#server/app.ts';
import { openHttpListener } from '#server/http/http-listener.ts';
import { createCaller } from '#server/routers/index.ts';
import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { openInstance } from '#tests/support/processes/instance.ts';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';
import { insertAsset } from '#server/repos/studio/assets.ts';
import { assetId } from '#shared/ids.ts';
import express from 'express';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openBenchDatabase } from '../bench-database.ts';
import { reportFigure, reportObserved } from '../figures.ts';
import { getRequest, loadSteadily } from '../http-load.ts';

const ROUNDS = 5;
const LOAD = { connections: 16, seconds: 3 } as const;
const SHARE_GOAL = 0.7;

/** Redirects of a warm short link against a bare Express redirect in the same process, in turns. */
export async function benchShortLinks(): Promise<void> {
  await using database = await openBenchDatabase();
  await using sandbox = await startSandbox({ catalog: { albums: 1, seed: 1 } });
  using home = temporaryFolder();
  const deps = openInstance(database.url, sandbox.env, { variables: { SEGUE_HOME: home.path } });
  const { generation } = createCaller({ deps, actor: { kind: 'admin_key' } });
  const id = assetId.parse(randomUUID());
  await insertAsset(deps.db, { id, sha256: 'a'.repeat(64), mediaType: 'image/png', bytes: 1, createdAt: deps.now() });
  await generation.assets.sharing.share({ ids: [id], sharing: 'link' });
  const link = await generation.assets.shortLinks.create({ target: { kind: 'asset', id }, expiresInDays: 1 });
  const listener = await openHttpListener({ host: '127.0.0.1', port: 0 });
  listener.serve(createApp(deps, {}));
  const bare = createServer(express().get('/s/:code', (request, response) => response.redirect(302, `/shared/${request.params['code']}`))).listen(
    0,
    '127.0.0.1',
  );
  await once(bare, 'listening');
  const bareUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}`;
  const request = getRequest(link.url);
  const shares: number[] = [];
  for (const url of [listener.url, bareUrl]) await loadSteadily(url, request, { ...LOAD, seconds: 1 });
  for (let round = 0; round < ROUNDS; round += 1) {
    const ours = await loadSteadily(listener.url, request, LOAD);
    const theirs = await loadSteadily(bareUrl, request, LOAD);
    reportObserved('short-links.per_second', ours.perSecond, `of ${Math.round(theirs.perSecond)}`);
    shares.push(ours.perSecond / theirs.perSecond);
  }
  reportFigure('short-links.share_of_bare', shares.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0, { atLeast: SHARE_GOAL });
  await listener.close();
  bare.closeAllConnections();
  bare.close();
  await deps.close();
}
