import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Houses } from '#tests/support/processes/two-houses.ts';

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
export type AskerAnswer = z.infer<typeof answer>;

interface Place {
  readonly databaseUrl: string;
  readonly sandbox: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
}

interface Question {
  readonly nowMs: number;
  /** Asks for a token instead where it is left out. */
  readonly album?: string | undefined;
  readonly patienceMs?: number;
}

/** A real process of the house that asks Spotify on order, and can be killed. */
export function startAsker({ databaseUrl, sandbox, variables = {} }: Place) {
  const child = fork('tests/faults/vendor-asker.ts', [databaseUrl, JSON.stringify(sandbox), JSON.stringify(variables)], {
    cwd: ROOT,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const died = ended.then(() => {
    throw new Error('The process ended before it answered.');
  });
  died.catch(() => {});
  const waiting = new Map<number, (said: AskerAnswer) => void>();
  let asked = 0;
  child.on('message', (message) => {
    const said = answer.parse(message);
    waiting.get(said.id)?.(said);
    waiting.delete(said.id);
  });
  return {
    pid: child.pid ?? 0,
    ask: async (question: Question): Promise<AskerAnswer> => {
      asked += 1;
      const number = asked;
      const said = new Promise<AskerAnswer>((resolve) => waiting.set(number, resolve));
      child.send({ id: number, ...question });
      return Promise.race([said, died]);
    },
    /** As `kill -9` does; resolves when it is gone. */
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

export type Asker = ReturnType<typeof startAsker>;

interface AskersOptions {
  readonly processes: number;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Real processes on the houses' database and sandbox, living at the time of their clock; `read` asks for an album, another one each time. */
export function openAskers(houses: Houses, { processes: count, variables = {} }: AskersOptions) {
  const start = () => startAsker({ databaseUrl: houses.databaseUrl, sandbox: houses.sandbox.env, variables });
  const processes = Array.from({ length: count }, start);
  // Starting takes longer than a short stop lasts, so the next one to take a dead one's place waits already.
  let spare = start();
  let albums = 0;
  return {
    processes,
    /** Kills one; another takes its place. */
    replace: async (told: Asker): Promise<void> => {
      await told.kill();
      processes[processes.indexOf(told)] = spare;
      spare = start();
    },
    read: (process: Asker, patience: { patienceMs?: number } = {}) => {
      albums += 1;
      return process.ask({ nowMs: houses.clock.now().getTime(), album: houses.sandbox.catalogue.albumIdAt(albums % 200), ...patience });
    },
    /** Asks for a token in exchange for one that nobody issued: a request that is never repeated, and refused when Spotify is well. */
    refresh: (process: Asker) => process.ask({ nowMs: houses.clock.now().getTime() }),
    [Symbol.asyncDispose]: async () => {
      for (const process of [...processes, spare]) await process[Symbol.asyncDispose]();
    },
  };
}

export type Askers = ReturnType<typeof openAskers>;
