import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';
import type { Reporter } from 'vitest/node';
import { FAULTS } from './matrix/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Arguments of `npm run faults`. */
    readonly faultOrder?: { readonly name: string; readonly dose: number; readonly seed: number };
  }
}

const SEED_MAX = 2 ** 31;
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** Prints a fault's output and its errors; nothing of vitest's own. */
const REPORTER: Reporter = {
  onUserConsoleLog: ({ content }) => void process.stdout.write(content),
  onTestRunEnd: (modules, errors) => {
    const failures = modules.flatMap((module) => [...module.children.allTests('failed')].flatMap((failed) => failed.result().errors ?? []));
    for (const error of [...errors, ...modules.flatMap((module) => module.errors()), ...failures])
      process.stdout.write(`${error.stack ?? error.message}\n`);
  },
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { dose: { type: 'string' }, seed: { type: 'string' } } });
const [name, ...extraArguments] = positionals;
if (name === undefined) list();
else process.exit(await inject(name, { dose: number(values.dose, 'dose'), seed: number(values.seed, 'seed') }));

function list(): void {
  for (const fault of FAULTS) process.stdout.write(`${fault.name}  ${fault.what} (small dose ${fault.smallDose})\n`);
  process.stdout.write('\nnpm run faults -- NAME [--dose N] [--seed S]\n');
}

/** Runs one fault on the tests' database and sandbox and prints the result. Returns the exit code. */
async function inject(requested: string, { dose, seed }: { dose: number | undefined; seed: number | undefined }): Promise<number> {
  const fault = FAULTS.find((known) => known.name === requested.toUpperCase());
  if (!fault || extraArguments.length > 0)
    return refuse(`Unknown fault "${[requested, ...extraArguments].join(' ')}". List them with: npm run faults`);
  const order = { name: fault.name, dose: dose ?? fault.smallDose, seed: seed ?? Math.floor(Math.random() * SEED_MAX) };
  process.stdout.write(`${fault.name} ${fault.what}\n${fault.name} dose: ${order.dose}\n${fault.name} seed: ${order.seed}\n`);
  const startedAtMs = performance.now();
  const vitest = await startVitest('test', ['tests/faults/matrix.test.ts'], { watch: false, reporters: [REPORTER], provide: { faultOrder: order } });
  const hasPassed = vitest.state.getCountOfFailedTests() === 0 && vitest.state.getUnhandledErrors().length === 0;
  await vitest.close();
  const seconds = Math.round((performance.now() - startedAtMs) / 100) / 10;
  process.stdout.write(`${fault.name} result: ${hasPassed ? 'every invariant holds' : 'AN INVARIANT IS BROKEN'} (${seconds} s)\n`);
  return hasPassed ? 0 : EXIT_FAILED;
}

function number(text: string | undefined, what: string): number | undefined {
  const value = text === undefined ? undefined : Number(text);
  if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) process.exit(refuse(`--${what} ${text} is not a whole number.`));
  return value;
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`);
  return EXIT_USAGE;
}
