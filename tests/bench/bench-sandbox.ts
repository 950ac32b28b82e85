import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface BenchSandbox extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>;
  readonly albumCount: number;
  albumIds(from: number, count: number): Promise<string[]>;
  /** Response counts by `METHOD route status`. */
  totals(): Promise<Record<string, number>>;
}

/** Starts the sandbox as a separate process, so that its memory and CPU time are not measured. */
export async function startBenchSandbox(options: { albums: number; rate?: number; table?: string | undefined }): Promise<BenchSandbox> {
  const path = fileURLToPath(new URL('./sandbox-child.ts', import.meta.url));
  const child = fork(path, [String(options.albums), String(options.rate ?? 0), options.table ?? ''], { execArgv: ['--import', 'tsx'] });
  const request = async <T>(message: object | string): Promise<T> => {
    const response = once(child, 'message');
    child.send(message);
    return ((await response) as [T])[0];
  };
  const [ready] = (await once(child, 'message')) as [{ env: Record<string, string>; albumCount: number }];
  return {
    ...ready,
    albumIds: (from, count) => request<string[]>({ from, count }),
    totals: () => request<Record<string, number>>('totals'),
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.disconnect();
      await exited;
    },
  };
}
