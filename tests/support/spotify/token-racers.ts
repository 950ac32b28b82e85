import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface RaceCommand {
  readonly accountId: string;
  readonly callers: number;
  readonly nowMs: number;
}

const answer = z.object({ tokens: z.array(z.string()), refusals: z.array(z.string()) });
export type RaceResult = z.infer<typeof answer>;

export interface RacerOptions {
  readonly databaseUrl: string;
  readonly sandbox: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
}

/** Starts a real process that requests access tokens on command. `race` resolves with `died` when a fault point killed the process. */
export function startRacer({ databaseUrl, sandbox, variables }: RacerOptions) {
  const child: ChildProcess = fork('tests/faults/token-racer.ts', [databaseUrl, JSON.stringify(sandbox), JSON.stringify(variables)], {
    cwd: ROOT,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(() => 'died' as const);
  return {
    race: async (order: RaceCommand): Promise<RaceResult | 'died'> => {
      child.send(order);
      const result = once(child, 'message').then(([message]) => answer.parse(message));
      return Promise.race([result, ended]);
    },
    [Symbol.asyncDispose]: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
