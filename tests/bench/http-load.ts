import { once } from 'node:events';
import { Agent, get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

/** One kept-alive HTTP/1.1 connection. It reads only what a load needs, so that it costs a fraction of the server's work. */
interface LoadConnection {
  /** Sends a request and resolves with the status of its whole response. */
  exchange(request: Buffer): Promise<number>;
  close(): void;
}

/** One address may hold this many connections by far; visitors of a real network have many addresses. */
const SOCKETS_MAX = 64;
const HEADERS_END = '\r\n\r\n';

async function openConnection(url: string): Promise<LoadConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setNoDelay();
  await once(socket, 'connect');
  let pending: Buffer = Buffer.alloc(0);
  let missingBytes = 0;
  let status = 0;
  let settle: { resolve(status: number): void; reject(error: Error): void } | undefined;
  socket.on('data', (chunk: Buffer) => {
    if (missingBytes > 0) missingBytes -= chunk.length;
    else {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const end = pending.indexOf(HEADERS_END);
      if (end < 0) return;
      const head = pending.toString('latin1', 0, end);
      status = Number(head.slice(9, 12));
      const bodyBytes = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      missingBytes = end + HEADERS_END.length + bodyBytes - pending.length;
      pending = Buffer.alloc(0);
    }
    if (missingBytes === 0) settle?.resolve(status);
  });
  socket.on('error', (error) => settle?.reject(error));
  socket.on('close', () => settle?.reject(new Error('The server closed the connection.')));
  return {
    exchange: (request) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

/** The bytes of a GET, with the headers that browsers send. */
export function getRequest(path: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  const lines = Object.entries({ host: '127.0.0.1', accept: '*/*', 'accept-encoding': 'gzip, deflate, br', ...headers });
  return Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
}

export interface Load {
  readonly perSecond: number;
  readonly latenciesMs: readonly number[];
  /** Responses that were neither 200 nor 304. */
  readonly refused: number;
}

/** Sends one request over and over on each of `connections`, as fast as the answers come. */
export async function loadSteadily(url: string, request: Buffer, { connections, seconds }: { connections: number; seconds: number }): Promise<Load> {
  const opened = await Promise.all(Array.from({ length: connections }, () => openConnection(url)));
  const latenciesMs: number[] = [];
  let refused = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  await Promise.all(
    opened.map(async (connection) => {
      for (let sentAt = performance.now(); sentAt < endsAt; sentAt = performance.now()) {
        if (!isGood(await connection.exchange(request))) refused += 1;
        latenciesMs.push(performance.now() - sentAt);
      }
      connection.close();
    }),
  );
  return { perSecond: latenciesMs.length / ((performance.now() - startedAt) / 1000), latenciesMs, refused };
}

/**
 * Sends GETs at fixed times whatever the answers take. Latency counts from the time at which a request was due, so a slow server hides nothing. Reads
 * answers of any form, also those without a length.
 */
export async function loadAtRate(url: string, nextPath: () => string, { perSecond, seconds }: { perSecond: number; seconds: number }): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });
  const latenciesMs: number[] = [];
  let refused = 0;
  const open = async (path: string): Promise<IncomingMessage> => {
    const request = get(`${url}${path}`, { agent, headers: { accept: '*/*', 'accept-encoding': 'gzip, deflate, br' } });
    try {
      return ((await once(request, 'response')) as [IncomingMessage])[0];
    } catch (error) {
      // The server closed an idle connection as the request was sent on it; browsers send it again, too.
      if (request.reusedSocket && error instanceof Error && 'code' in error && error.code === 'ECONNRESET') return await open(path);
      throw error;
    }
  };
  const exchange = async (dueAt: number): Promise<void> => {
    const response = await open(nextPath());
    response.resume();
    await once(response, 'end');
    if (!isGood(response.statusCode ?? 0)) refused += 1;
    latenciesMs.push(performance.now() - dueAt);
  };
  const startedAt = performance.now();
  const total = Math.round(perSecond * seconds);
  const sent: Promise<void>[] = [];
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - startedAt) * perSecond) / 1000));
      while (sent.length < due) sent.push(exchange(startedAt + (sent.length * 1000) / perSecond));
      if (sent.length < total) return;
      clearInterval(timer);
      resolve();
    }, 2);
  });
  await Promise.all(sent);
  agent.destroy();
  return { perSecond, latenciesMs, refused };
}

/** The latency that a share of the requests did not exceed, in milliseconds. */
export function percentile(latenciesMs: readonly number[], share: number): number {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const isGood = (status: number) => status === 200 || status === 304;
