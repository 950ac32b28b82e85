import { parseArgs } from 'node:util';
import { CAPABILITY_PROFILES } from '#shared/vocabulary.ts';
import { readCatalogFile } from '#server/sandbox/catalog/loaded-catalog.ts';
import { GENERATED_DEFAULTS } from '#server/sandbox/catalog/generated-catalog.ts';
import { startSandbox } from './start-sandbox.ts';
import type { SandboxOptions } from './start-sandbox.ts';

const USAGE = `npm run sandbox -- [--port N] [--catalog FILE …] [--albums N] [--seed N] [--profile ${CAPABILITY_PROFILES.join('|')}] [--state FILE] [--rate N/30] [--redirect URI …] [--token TEXT]

  --catalog FILE   load real tracks from a table (.csv or .csv.gz) in place of generated ones; may be repeated
  --albums N       number of albums to generate, 200 to 100,000 (default ${GENERATED_DEFAULTS.albums})
  --state FILE     store users, tokens and playlists in this file
  --rate N/30      answer 429 above N requests in 30 seconds
  --redirect URI   register a redirect URI; may be repeated (without it: loopback addresses only)
  --token TEXT     token of the control API, sent in the header X-Sandbox-Token (default: a random one, printed)
`;

/** An invalid command-line argument; printed without a stack. */
class UsageError extends Error {}

function parseWholeNumber(text: string, { name, from, to }: { name: string; from: number; to: number }): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < from || value > to) throw new UsageError(`--${name} ${text} is not a whole number from ${from} to ${to}.`);
  return value;
}

async function optionsFrom(args: readonly string[]): Promise<SandboxOptions> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: text,
      catalog: { type: 'string', multiple: true },
      albums: text,
      seed: text,
      profile: text,
      state: text,
      rate: text,
      redirect: { type: 'string', multiple: true },
      token: text,
    },
  });
  const profile = CAPABILITY_PROFILES.find((one) => one === (values.profile ?? 'dev-2026'));
  if (!profile) throw new UsageError(`--profile ${values.profile} is not one of ${CAPABILITY_PROFILES.join(', ')}.`);
  const rate = values.rate === undefined ? undefined : /^(\d+)\/(\d+)$/.exec(values.rate);
  if (rate === null) throw new UsageError(`--rate ${values.rate} is invalid. Write it like 180/30.`);
  const albums = parseWholeNumber(values.albums ?? String(GENERATED_DEFAULTS.albums), { name: 'albums', from: 200, to: 100_000 });
  const seed = parseWholeNumber(values.seed ?? String(GENERATED_DEFAULTS.seed), { name: 'seed', from: 0, to: 0x7fffffff });
  return {
    port: parseWholeNumber(values.port ?? '4010', { name: 'port', from: 0, to: 65_530 }),
    profile,
    catalog: values.catalog ? await readCatalogFile(values.catalog) : { albums, seed },
    ...(values.token === undefined ? {} : { controlToken: values.token }),
    ...(values.redirect === undefined ? {} : { client: { redirectUris: values.redirect } }),
    ...(values.state === undefined ? {} : { stateFile: values.state }),
    ...(rate ? { rateWindow: { requests: Number(rate[1]), windowMs: Number(rate[2]) * 1000 } } : {}),
  };
}

/** Runs until SIGINT or SIGTERM. The state file is written before the process ends. */
async function run(): Promise<void> {
  const sandbox = await startSandbox(await optionsFrom(process.argv.slice(2)));
  const env = Object.entries(sandbox.env).map(([name, value]) => `${name}=${value}`);
  process.stdout.write(
    `The sandbox is running with ${sandbox.catalog.albumCount} albums. Control API: ${sandbox.spotify.origin}/_sandbox/, X-Sandbox-Token: ${sandbox.spotify.controlToken}\n${env.join('\n')}\n`,
  );
  const stop = () => void sandbox.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** One sentence for errors that the user can fix. */
function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!('code' in error)) return error.message;
  if (error.code === 'EADDRINUSE') return `A port is in use (${error.message}). Choose another one with --port.`;
  if (error.code === 'ENOENT' || error.code === 'EACCES') return `A file cannot be read (${error.message}).`;
  return error.message;
}

run().catch((error: unknown) => {
  const isUsage = error instanceof UsageError || (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));
  process.stderr.write(`${errorText(error)}\n${isUsage ? `\n${USAGE}` : ''}`);
  process.exitCode = isUsage ? 78 : 1;
});
