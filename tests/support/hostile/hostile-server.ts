import { startSandbox } from '#server/sandbox/start-sandbox.ts';
import { Agent, request as httpRequest } from 'node:http';
import { startProcess, temporaryFolder } from '#tests/support/processes/real-process.ts';
import type { HostileRequest } from './hostile-requests.ts';

const ADMIN_KEY = 'a-key-that-only-the-tests-know-0123456789';
const IN_PARALLEL = 8;

interface LoopReading {
  /** The longest pause of the event loop since the last reading. */
  readonly gapMs: number;
  readonly rssMb: number;
  /** Resident memory without the empty pages of the heap. */
  readonly usedMb: number;
}

/** A real server process without a worker, whose event loop and memory are measured from inside. Every request has an address of its own. */
export async function startHostileServer(databaseUrl: string) {
  const home = temporaryFolder();
  const sandbox = await startSandbox({ catalog: { albums: 200, seed: 1 } });
  const process = startProcess({
    args: ['--only', 'server'],
    env: {
      ...sandbox.env,
      NODE_OPTIONS: `--import ${new URL('../processes/event-loop-watch.mjs', import.meta.url).href}`,
      DATABASE_URL: databaseUrl,
      SEGUE_HOME: home.path,
      PORT: '0',
      ADMIN_API_KEY: ADMIN_KEY,
      SPOTIFY_CLIENT_ID: 'segue',
      SPOTIFY_CLIENT_SECRET: 'of-no-consequence',
      TRUST_PROXY: 'yes',
      LOG_LEVEL: 'warn',
    },
  });
  const [, url = ''] = await process.says(/Segue is ready at (http:\/\/[\d.:]+)/);
  const agent = new Agent({ keepAlive: true, maxSockets: IN_PARALLEL });
  let sent = 0;
  let readings = 0;
  const send = (request: HostileRequest): Promise<number> => {
    sent += 1;
    const address = `10.${(sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`;
    const headers = { 'x-forwarded-for': address, ...(request.isOperator ? { 'x-admin-api-key': ADMIN_KEY } : {}), ...request.headers };
    return statusOf(url, { ...request, headers }, agent);
  };
  const read = async (): Promise<LoopReading> => {
    readings += 1;
    process.kill('SIGUSR2');
    const [line = ''] = await process.says(new RegExp(`(?:EVENT LOOP [^\\n]+\\n(?:(?!EVENT LOOP)[^\\n]*\\n)*){${readings}}`));
    return JSON.parse(line.trim().split('EVENT LOOP ').at(-1)?.split('\n')[0] ?? '') as LoopReading;
  };
  return {
    url,
    send,
    read,
    output: process.output,
    /** Sends the requests, a few at a time. Returns the status of each. */
    sendAll: async (requests: readonly HostileRequest[]): Promise<number[]> => {
      const statuses: number[] = [];
      let next = 0;
      const work = async (): Promise<void> => {
        for (let at = next++; at < requests.length; at = next++) {
          const request = requests[at];
          if (request) statuses[at] = await send(request);
        }
      };
      await Promise.all(Array.from({ length: IN_PARALLEL }, work));
      return statuses;
    },
    [Symbol.asyncDispose]: async () => {
      agent.destroy();
      await process[Symbol.asyncDispose]();
      await sandbox.close();
      home[Symbol.dispose]();
    },
  };
}

/** The status of one request with exactly these headers; 0 when the connection was cut. An event stream is left after its head. */
function statusOf(url: string, { method, path, headers, body }: HostileRequest, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const request = httpRequest({ hostname, port, path, method, headers, agent }, (response) => {
      const status = response.statusCode ?? 0;
      if (String(response.headers['content-type']).startsWith('text/event-stream')) {
        request.destroy();
        return resolve(status);
      }
      response.on('end', () => resolve(status)).on('error', () => resolve(0));
      response.resume();
    });
    request.on('error', () => resolve(0));
    request.end(body);
  });
}
