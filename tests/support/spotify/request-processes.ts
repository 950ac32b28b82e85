import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Instances } from '#tests/support/processes/instances.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const id = z.int();
const answer = z.discriminatedUnion('kind', [
  z.object({ id, kind: z.literal('answered') }),
  z.object({
    id,
    kind: z.literal('refused'),
    code: z.string(),
    message: z.string(),
    why: z.string().optional(),
    retryAfterMs: z.number().optional(),
  }),
  z.object({ id, kind: z.literal('failed'), message: z.string() }),
]);
export type RequestResult = z.infer<typeof answer>;

interface ProcessOptions {
  readonly databaseUrl: string;
  readonly sandbox: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
}

interface RequestCommand {
  readonly nowMs: number;
  /** Without an album the process requests a token. */
  readonly album?: string | undefined;
  readonly patienceMs?: number;
}

/** Starts a real Segue process that sends requests to Spotify on command and can be killed. */
export function startRequestProcess({ databaseUrl, sandbox, variables = {} }: ProcessOptions) {
  const child = fork('tests/faults/request-process.ts', [databaseUrl, JSON.stringify(sandbox), JSON.stringify(variables)], {
    cwd: ROOT,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const died = ended.then(() => {
    throw new Error('The process ended before it answered.');
  });
  died.catch(() => {});
  const waiting = new Map<number, (result: RequestResult) => void>();
  let commands = 0;
  child.on('message', (message) => {
    const result = answer.parse(message);
    waiting.get(result.id)?.(result);
    waiting.delete(result.id);
  });
  return {
    pid: child.pid ?? 0,
    send: async (command: RequestCommand): Promise<RequestResult> => {
      commands += 1;
      const number = commands;
      const result = new Promise<RequestResult>((resolve) => waiting.set(number, resolve));
      child.send({ id: number, ...command });
      return Promise.race([result, died]);
    },
    /** Sends SIGKILL; resolves when the process has ended. */
    kill: async (): Promise<void> => {
      child.kill('SIGKILL');
      await ended;
    },
    [Symbol.asyncDispose]: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

export type RequestProcess = ReturnType<typeof startRequestProcess>;

interface AskersOptions {
  readonly processes: number;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Real processes on the instances' database, sandbox and clock. `read` requests an album, a different one each time. */
export function openRequestProcesses(instances: Instances, { processes: count, variables = {} }: AskersOptions) {
  const start = () => startRequestProcess({ databaseUrl: instances.databaseUrl, sandbox: instances.sandbox.env, variables });
  const processes = Array.from({ length: count }, start);
  // A start takes longer than a short pause, so a spare process is always running.
  let spare = start();
  let albums = 0;
  return {
    processes,
    /** Kills a process and puts the spare one in its place. */
    replace: async (victim: RequestProcess): Promise<void> => {
      await victim.kill();
      processes[processes.indexOf(victim)] = spare;
      spare = start();
    },
    read: (process: RequestProcess, patience: { patienceMs?: number } = {}) => {
      albums += 1;
      return process.send({ nowMs: instances.clock.now().getTime(), album: instances.sandbox.catalog.albumIdAt(albums % 200), ...patience });
    },
    /** Sends a token refresh with an unknown refresh token: never retried, and refused when Spotify is up. */
    refresh: (process: RequestProcess) => process.send({ nowMs: instances.clock.now().getTime() }),
    [Symbol.asyncDispose]: async () => {
      for (const process of [...processes, spare]) await process[Symbol.asyncDispose]();
    },
  };
}

export type RequestProcesses = ReturnType<typeof openRequestProcesses>;
