import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { createServer } from 'node:http';
import { once } from 'node:events';
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/support/processes/real-process.ts';

const small = { catalog: { albums: 200, seed: 1 } };

test('the sandbox restarts on its former port, so that stored image addresses still work', async () => {
  using folder = temporaryFolder();
  const portFile = path.join(folder.path, 'sandbox-port');
  const first = await startSandbox({ ...small, portFile });
  await first.close();
  await using again = await startSandbox({ ...small, portFile });
  expect(again.spotify.origin).toBe(first.spotify.origin);
});

test('when its former port is taken, or the stored one is invalid, it uses and stores a free one', async () => {
  using folder = temporaryFolder();
  const portFile = path.join(folder.path, 'sandbox-port');
  const otherServer = createServer();
  otherServer.listen(0, '127.0.0.1');
  await once(otherServer, 'listening');
  const address = otherServer.address();
  const taken = typeof address === 'object' && address ? address.port : 0;
  for (const stored of [`${taken}`, 'a port', '-1', '70000', '']) {
    writeFileSync(portFile, stored);
    await using sandbox = await startSandbox({ ...small, portFile });
    expect(sandbox.spotify.origin).not.toBe(`http://127.0.0.1:${taken}`);
    expect((await fetch(`${sandbox.spotify.origin}/_sandbox/clock`, { headers: { 'x-sandbox-token': sandbox.spotify.controlToken } })).status).toBe(
      200,
    );
  }
  otherServer.close();
});
