import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The product's flags (package.json): a young generation large enough for a load of albums. */
const NODE_FLAGS = ['--max-semi-space-size=32', '--import', 'tsx'];
/** The product's settings of the allocator (package.json): freed pictures go back to the system. */
const MEMORY = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '1000000' };

/** Runs a bench program in a separate process, so that its memory is measured alone. Returns the JSON of its last output line. */
export async function runChild<T>(program: string, args: readonly string[]): Promise<T> {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, [...NODE_FLAGS, path, ...args], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...MEMORY } });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${program} exited with code ${code}.`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as T;
}

/** Peak resident memory of this process so far, in bytes. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}
