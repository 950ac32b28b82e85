import { createApp } from '#server/app.ts';
import { openHttpListener } from '#server/http/http-listener.ts';
import { openInstance } from '#tests/support/processes/instance.ts';
import express from 'express';
import { once } from 'node:events';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';

/**
 * A server in a process of its own, ended by its parent. With a database address: Segue. With the address of a Segue server and paths: a bare Express
 * that sends the bytes that server sent to a browser for them, compressed as they were, without headers that Express adds.
 */
const [kind, address = '', ...paths] = process.argv.slice(2);
const listener = await openHttpListener({ host: '127.0.0.1', port: 0 });
if (kind === 'segue') {
  const nowhere = 'http://127.0.0.1:9';
  const deps = openInstance(address, { SPOTIFY_API_URL: nowhere, SPOTIFY_ACCOUNTS_URL: nowhere, RECCOBEATS_URL: nowhere, MUSICBRAINZ_URL: nowhere });
  listener.serve(createApp(deps));
  process.send?.(listener.url);
} else {
  const app = express().disable('etag').disable('x-powered-by');
  for (const [at, path] of paths.entries()) {
    const { bytes, encoding } = await readCompressed(`${address}${path}`);
    app.get(`/${at}`, (_request, response) => response.set({ 'content-type': 'application/json', 'content-encoding': encoding }).send(bytes));
  }
  const server = app.listen(0, '127.0.0.1', () => {
    const bound = server.address();
    process.send?.(`http://127.0.0.1:${typeof bound === 'object' && bound ? bound.port : 0}`);
  });
}

/** The bytes of an answer as a browser receives them; `fetch` would decompress them. */
async function readCompressed(url: string): Promise<{ readonly bytes: Buffer; readonly encoding: string }> {
  const [response] = (await once(get(url, { headers: { 'accept-encoding': 'gzip, deflate, br' } }), 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { bytes: Buffer.concat(chunks), encoding: response.headers['content-encoding'] ?? 'identity' };
}

process.on('disconnect', () => process.exit(0));
