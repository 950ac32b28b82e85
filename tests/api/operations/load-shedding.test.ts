import { createRequestGate, gatePublic } from '#server/http/request-gate.ts';
import { openHttpListener } from '#server/http/http-listener.ts';
import express from 'express';
import { request as httpRequest } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { errorOf, startHttpApp } from '#tests/support/http-app.ts';

/** The limits of server/http/request-gate.ts and connection-limits.ts. */
const [RUNNING_MAX, WAITING_MAX, PER_ADDRESS_MAX] = [16, 160, 256];

/** A server whose handler at /work answers when it is released, and at /stream writes a head and nothing more. */
async function startGate(isBehind?: () => boolean) {
  const gate = createRequestGate(isBehind);
  const waiting: (() => void)[] = [];
  let isReleased = false;
  const app = express();
  app.get('/work', gatePublic(gate), (_request, response) => {
    const answer = () => void response.json({});
    if (isReleased) answer();
    else waiting.push(answer);
  });
  app.get('/stream', gatePublic(gate), (_request, response) => response.type('text/event-stream').flushHeaders());
  const listener = await openHttpListener({ host: '127.0.0.1', port: 0 });
  listener.serve(app);
  return {
    url: listener.url,
    running: () => waiting.length,
    release: () => {
      isReleased = true;
      for (const answer of waiting) answer();
    },
    [Symbol.asyncDispose]: () => listener.close(),
  };
}

function open(url: string, path: string, options: { method?: string; headers?: Record<string, string> } = {}): ClientRequest {
  const { hostname, port } = new URL(url);
  return httpRequest({ hostname, port, path, agent: false, ...options });
}

async function answerOf(request: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response;
}

async function get(url: string, path: string): Promise<IncomingMessage> {
  const request = open(url, path);
  request.end();
  return answerOf(request);
}

describe('more requests than one process can handle', () => {
  test('wait, or get 503 with Retry-After; none is cut', async () => {
    await using server = await startGate();
    const refused: IncomingMessage[] = [];
    const answers = Array.from({ length: RUNNING_MAX + WAITING_MAX + 40 }, async () => {
      const answer = await get(server.url, '/work');
      if (refused.push(answer) === 40) server.release();
      return answer;
    });
    const first = await Promise.race(answers);
    expect([first.statusCode, first.headers['retry-after']]).toEqual([503, '2']);
    expect(server.running()).toBe(RUNNING_MAX);
    const statuses = (await Promise.all(answers)).map((answer) => answer.statusCode);
    expect(statuses.filter((status) => status === 503).length).toBeGreaterThanOrEqual(40);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(RUNNING_MAX);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
  });

  test('do not wait while the event loop is behind: what cannot run at once gets 503, what runs is answered', async () => {
    let asked = 0;
    // The gate asks for each request that finds no place: behind from the second one on.
    await using server = await startGate(() => (asked += 1) > 1);
    const running = Array.from({ length: RUNNING_MAX }, () => get(server.url, '/work'));
    await expect.poll(() => server.running()).toBe(RUNNING_MAX);
    const waiting = get(server.url, '/work');
    await expect.poll(() => asked).toBe(1);
    const refused = await Promise.all([get(server.url, '/work'), get(server.url, '/stream')]);
    expect(refused.map((answer) => [answer.statusCode, answer.headers['retry-after']])).toEqual([
      [503, '2'],
      [503, '2'],
    ]);
    server.release();
    expect((await Promise.all([...running, waiting])).map((answer) => answer.statusCode)).toEqual(Array.from({ length: RUNNING_MAX + 1 }, () => 200));
    // With a free place a request runs, however late the event loop is.
    expect((await get(server.url, '/work')).statusCode).toBe(200);
  });

  test('do not count event streams, which have been answered', async () => {
    await using server = await startGate();
    const streams = await Promise.all(Array.from({ length: RUNNING_MAX + 5 }, () => get(server.url, '/stream')));
    server.release();
    expect((await get(server.url, '/work')).statusCode).toBe(200);
    for (const stream of streams) stream.destroy();
  });

  test('from one address are refused on its excess connections, except health checks', async () => {
    await using server = await startHttpApp();
    const { port } = new URL(server.url);
    const sockets: Socket[] = [];
    for (let count = 0; count < PER_ADDRESS_MAX; count += 1) {
      const socket = connect(Number(port), '127.0.0.1');
      sockets.push(socket);
      await once(socket, 'connect');
    }
    const refused = await server.request('/trpc/auth.status');
    expect([refused.status, errorOf(refused).code, refused.headers['retry-after'], refused.headers.connection]).toEqual([
      503,
      'unavailable',
      '5',
      'close',
    ]);
    expect((await server.request('/')).status).toBe(503);
    expect((await server.request('/healthz')).status).toBe(200);
    for (const socket of sockets.slice(0, 10)) socket.destroy();
    await Promise.all(sockets.slice(0, 10).map((socket) => once(socket, 'close')));
    await expect.poll(async () => (await server.request('/trpc/auth.status')).status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });
});

describe('a server that stops', () => {
  test('says so at /readyz, finishes what it has begun, and then closes its port', async () => {
    await using server = await startHttpApp();
    const slow = open(server.url, '/trpc/auth.logout', { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': '2' } });
    const answered = answerOf(slow);
    slow.write('{');
    // The server has the beginning of the request when it answers a later one on another connection.
    expect((await server.request('/healthz')).status).toBe(200);
    const stopped = server.stop();
    const ready = await server.request('/readyz');
    expect([ready.status, JSON.parse(ready.text), ready.headers.connection]).toEqual([503, { status: 'not_ready', waitingFor: 'draining' }, 'close']);
    expect((await server.request('/healthz')).status).toBe(200);
    slow.end('}');
    expect((await answered).statusCode).toBe(200);
    await stopped;
    await expect(server.request('/healthz')).rejects.toThrow('ECONNREFUSED');
  });

  test('waits for a load balancer that probes it to see that it is not ready', async () => {
    await using server = await startHttpApp();
    await server.request('/readyz');
    const stopped = server.stop();
    expect((await server.request('/readyz')).status).toBe(503);
    await stopped;
    await expect(server.request('/readyz')).rejects.toThrow('ECONNREFUSED');
  });
});
