import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Far above the start time on a busy machine; only a hang reaches it. */
const READY_LIMIT_MS = 240_000;

interface ProcessOptions {
  readonly script?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A folder that is deleted at the end of the scope and that every user of this machine may enter. */
export function temporaryFolder(): { path: string } & Disposable {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'segue-'));
  chmodSync(folder, 0o755);
  return { path: folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Starts a real Segue process with exactly these variables. Killed at the end of the scope if it still runs. */
export function startProcess(options: ProcessOptions = {}) {
  const script = path.join(ROOT, options.script ?? 'server/main.ts');
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR: os.tmpdir(), HOME: os.homedir(), LOG_FORMAT: 'lines', ...options.env };
  const child = spawn(process.execPath, ['--import', 'tsx', script, ...(options.args ?? [])], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const watchers = new Set<() => void>();
  const receive = (text: string) => {
    output += text;
    for (const check of watchers) check();
  };
  child.stdout.setEncoding('utf8').on('data', receive);
  child.stderr.setEncoding('utf8').on('data', receive);
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('close', (code, signal) => {
      resolve({ code, signal });
      for (const check of watchers) check();
    }),
  );
  /** Resolves with the match as soon as the output contains it; rejects when the process ends first or the time limit passes. */
  const waitForOutput = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`${pattern} was not printed in time:\n${output}`)), READY_LIMIT_MS);
      const check = () => {
        const match = pattern.exec(output);
        if (match) resolve(match);
        else if (child.exitCode !== null || child.signalCode !== null)
          reject(new Error(`The process ended before it printed ${pattern}:\n${output}`));
        else return;
        clearTimeout(limit);
        watchers.delete(check);
      };
      watchers.add(check);
      check();
    });
  const kill = (signal: NodeJS.Signals) => child.kill(signal);
  return {
    pid: child.pid ?? 0,
    output: () => output,
    says: waitForOutput,
    exited,
    kill,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) kill('SIGKILL');
      await exited;
    },
  };
}

/** Address of the embedded database of a running Segue, from the files in its home folder. */
export function embeddedDatabaseUrl(home: string): string {
  const folder = path.join(home, 'postgres');
  const port = readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')[3];
  return `postgres://postgres:${readFileSync(`${folder}.password`, 'utf8').trim()}@127.0.0.1:${port}/postgres`;
}
