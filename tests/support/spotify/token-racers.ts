import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface RaceOrder {
  readonly accountId: string;
  readonly callers: number;
  readonly nowMs: number;
}

const answer = z.object({ tokens: z.array(z.string()), refusals: z.array(z.string()) });
export type RaceAnswer = z.infer<typeof answer>;

export interface RacerPlace {
  readonly databaseUrl: string;
  readonly sandbox: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
}

/** A real process that asks for tokens on order; `race` resolves with `died` when it was killed by a fault point. */
export function startRacer({ databaseUrl, sandbox, variables }: RacerPlace) {
  const child: ChildProcess = fork('tests/faults/token-racer.ts', [databaseUrl, JSON.stringify(sandbox), JSON.stringify(variables)], {
    cwd: ROOT,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(() => 'died' as const);
  return {
    race: async (order: RaceOrder): Promise<RaceAnswer | 'died'> => {
      child.send(order);
      const said = once(child, 'message').then(([message]) => answer.parse(message));
      return Promise.race([said, ended]);
    },
    [Symbol.asyncDispose]: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
