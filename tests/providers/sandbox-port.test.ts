import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { createServer } from 'node:http';
import { once } from 'node:events';
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';

const small = { catalogue: { albums: 200, seed: 1 } };

test('the sandbox of a house comes back where it was, so that picture addresses that were stored still lead there', async () => {
  using folder = temporaryFolder();
  const portFile = path.join(folder.path, 'sandbox-port');
  const first = await startSandbox({ ...small, portFile });
  await first.close();
  await using again = await startSandbox({ ...small, portFile });
  expect(again.spotify.origin).toBe(first.spotify.origin);
});

test('where its former port is taken, or what was kept is no port, it takes a free one and keeps that', async () => {
  using folder = temporaryFolder();
  const portFile = path.join(folder.path, 'sandbox-port');
  const stranger = createServer();
  stranger.listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  const address = stranger.address();
  const taken = typeof address === 'object' && address ? address.port : 0;
  for (const kept of [`${taken}`, 'a port', '-1', '70000', '']) {
    writeFileSync(portFile, kept);
    await using sandbox = await startSandbox({ ...small, portFile });
    expect(sandbox.spotify.origin).not.toBe(`http://127.0.0.1:${taken}`);
    expect((await fetch(`${sandbox.spotify.origin}/_sandbox/clock`)).status).toBe(200);
  }
  stranger.close();
});
