import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import net from 'node:net';
import { POSTGRES_ENV } from './data-folder.ts';
import type { DatabaseUser } from './database-user.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { STOP_STEPS, signalIfAlive } from './postmaster.ts';

interface ServerEvents {
  /** Lines that PostgreSQL writes to its log. */
  readonly log?: ((text: string) => void) | undefined;
  /** Called when the server ended without `stop`. */
  readonly onExit?: ((reason: string) => void) | undefined;
}

export interface ServerProcess {
  /** How it ended, or undefined while it runs. */
  ended(): string | undefined;
  /** The last 4,000 characters of its log. */
  tail(): string;
  /** Lets this process end while the server runs; the guardian shell then stops the server. */
  release(): void;
  stop(pid: number): Promise<void>;
}

/** Shown when the server does not start. */
const LOG_TAIL_CHARS = 4_000;

/**
 * fd 3 is a pipe from this process. When it closes, however this process ended, the shell stops the server, by force if it must. Shell and server are detached into their
 * own process group, so that Ctrl-C in the terminal reaches only this process.
 */
const GUARDIAN = `"$0" "$@" </dev/null 3<&- & server=$!
trap 'kill -INT $server' INT TERM HUP
( trap - INT TERM HUP; while read -r _; do :; done
for signal in INT QUIT KILL; do kill -$signal $server 2>/dev/null; sleep 10; done ) <&3 & watch=$!
wait $server
wait $server; status=$?
kill $watch 2>/dev/null
exit $status`;

/** Starts `command` under the guardian shell, which outlives this process just long enough to stop it. */
export function spawnServer(command: readonly [string, ...string[]], user: DatabaseUser | undefined, events: ServerEvents): ServerProcess {
  const ids = user ? { uid: user.uid, gid: user.gid } : {};
  const child = spawn('/bin/sh', ['-c', GUARDIAN, ...command], {
    ...ids,
    env: POSTGRES_ENV,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let tail = '';
  let ended: string | undefined;
  let isStopping = false;
  const end = (reason: string) => {
    ended ??= reason;
    if (!isStopping) events.onExit?.(reason);
  };
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-LOG_TAIL_CHARS);
    events.log?.(text);
  });
  child.once('error', (error) => end(error.message));
  child.once('exit', (code, signal) => end(`exit ${code ?? signal}`));
  return {
    ended: () => ended,
    tail: () => tail,
    release: () => release(child),
    stop: async (pid) => {
      isStopping = true;
      if (ended !== undefined) return;
      child.ref();
      const gone = new Promise<true>((resolve) => child.once('exit', () => resolve(true)));
      for (const { signal, waitMs } of STOP_STEPS) {
        signalIfAlive(pid, signal);
        if (await Promise.race([gone, wait(waitMs, false, { ref: false })])) return;
      }
      await gone;
    },
  };
}

function release(child: ChildProcess): void {
  child.unref();
  for (const pipe of child.stdio) if (pipe instanceof net.Socket) pipe.unref();
}
