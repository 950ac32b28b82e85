import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** As the product is started (package.json): the young generation has room for what a load of albums leaves behind. */
const NODE_FLAGS = ['--max-semi-space-size=32', '--import', 'tsx'];

/** Runs one of the bench's own programs in a process of its own, so that its memory is its own; answers the JSON of its last line. */
export async function runChild<T>(program: string, args: readonly string[]): Promise<T> {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, [...NODE_FLAGS, path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${program} ended with ${code}.`);
  return JSON.parse(said.trim().split('\n').at(-1) ?? '') as T;
}

/** Peak resident memory of this process so far, in bytes. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}
