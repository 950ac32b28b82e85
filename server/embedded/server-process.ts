import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import net from 'node:net';
import { POSTGRES_ENV } from './data-folder.ts';
import type { DatabaseUser } from './database-user.ts';
import { signalIfAlive } from './postmaster.ts';

interface ServerEvents {
  /** Lines that PostgreSQL writes to its log. */
  readonly log?: ((text: string) => void) | undefined;
  /** The server ended without being asked to. */
  readonly onExit?: ((why: string) => void) | undefined;
}

export interface ServerProcess {
  /** How it ended, or undefined while it runs. */
  ended(): string | undefined;
  /** The last of its log. */
  tail(): string;
  /** Lets our process end while the server still runs; the guardian then stops it. */
  release(): void;
  stop(pid: number): Promise<void>;
}

/** Kept to be shown when the server does not come up. */
const LOG_TAIL_CHARS = 4_000;

/**
 * fd 3 is a pipe from this process: when it closes, however we died, the shell asks the server to stop. Detached, both have a process group of
 * their own, so that Ctrl-C in the terminal reaches us first and the server only when we say so.
 */
const GUARDIAN = `"$0" "$@" </dev/null 3<&- & server=$!
trap 'kill -INT $server' INT TERM HUP
( trap - INT TERM HUP; while read -r _; do :; done; kill -INT $server 2>/dev/null ) <&3 & watch=$!
wait $server
wait $server; status=$?
kill $watch 2>/dev/null
exit $status`;

/** Starts `command` under a shell that outlives us just long enough to stop it. */
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
  const end = (why: string) => {
    ended ??= why;
    if (!isStopping) events.onExit?.(why);
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
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      signalIfAlive(pid, 'SIGINT');
      await gone;
    },
  };
}

function release(child: ChildProcess): void {
  child.unref();
  for (const pipe of child.stdio) if (pipe instanceof net.Socket) pipe.unref();
}
