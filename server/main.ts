import { CRONTAB } from '#jobs/crontab.ts';
import { runWorker } from '#jobs/run-worker.ts';
import { createTasks } from '#jobs/tasks/index.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createApp } from './app.ts';
import type { AppOptions } from './app.ts';
import { openHouse } from './boot.ts';
import type { House } from './boot.ts';
import { seedDemo } from '#server/runtime/demo.ts';
import { lockHouse } from './embedded/house-lock.ts';
import { readProcessEnv } from './env.ts';
import { openFrontDoor } from '#server/http/front-door.ts';
import type { FrontDoor } from '#server/http/front-door.ts';
import { runProcess } from '#server/runtime/process-life.ts';
import type { Life } from '#server/runtime/process-life.ts';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WEB_ROOT = path.join(ROOT, 'dist', 'web');

/** `--only server`: no worker, nothing embedded. `--dev`: pages from source, with hot reload. */
function readArguments(): { isWhole: boolean; isDev: boolean } {
  const { values } = parseArgs({ options: { only: { type: 'string' }, dev: { type: 'boolean', default: false } } });
  if (values.only !== undefined && values.only !== 'server')
    throw new StartError(`--only ${values.only} is not known: write --only server.`, { exitCode: EXIT_CONFIG });
  return { isWhole: values.only === undefined, isDev: values.dev };
}

async function begin(life: Life): Promise<void> {
  const { isWhole, isDev } = readArguments();
  const env = readProcessEnv();
  if (isWhole) life.defer(lockHouse(env.SEGUE_HOME));
  const door = await openFrontDoor({ host: env.HOST, port: env.PORT });
  life.defer(() => door.close());
  const house = await openHouse(env, { isWhole, url: door.url }, life);
  const web = isDev ? await startVite(door, life) : builtWeb();
  door.open(createApp(house.deps, { ...web, isDraining: door.isDraining, trustProxy: env.TRUST_PROXY }));
  // Doors close first, so that nobody asks a house that is being taken down.
  life.defer(() => door.close());
  announce(house, door);
  if (isWhole) await startWork(house, life);
}

/** The demo first: it goes through the steps of the jobs itself, and a job of the same kind beside it would be in its way. */
async function startWork(house: House, life: Life): Promise<void> {
  const seeding = seedDemo(house, life.ending).catch((error: unknown) => {
    if (!life.ending.aborted) house.deps.log.error('the demo network could not be made; the next start tries again', { error });
  });
  life.defer(() => seeding);
  await seeding;
  if (!life.ending.aborted) await startWorker(house, life);
}

async function startWorker({ deps, env, isAlone }: House, life: Life): Promise<void> {
  const worker = await runWorker(deps, { databaseUrl: env.DATABASE_URL, tasks: createTasks(deps), crontab: CRONTAB, isAlone, onFatal: life.fail });
  life.defer(() => worker.stop());
}

function builtWeb(): AppOptions {
  if (existsSync(path.join(WEB_ROOT, 'index.html'))) return { webRoot: WEB_ROOT };
  throw new StartError('The pages are not built. Run npm run build first; npm start does it by itself.', { exitCode: EXIT_CONFIG });
}

async function startVite(door: FrontDoor, life: Life): Promise<AppOptions> {
  const { createServer } = await import('vite');
  const vite = await createServer({
    configFile: path.join(ROOT, 'vite.config.ts'),
    server: { middlewareMode: true, hmr: { server: door.server } },
    appType: 'spa',
  });
  life.defer(() => vite.close());
  return { viteMiddleware: vite.middlewares };
}

function announce({ deps, env, adminKey }: House, door: FrontDoor): void {
  const key = adminKey?.isNew ? `\n  Admin key: ${adminKey.value}` : '';
  const keptIn = adminKey ? `${key}\n  The admin key is kept in ${adminKey.file}` : '';
  const vendors = deps.settings.sandbox ? '\n  Sandbox: nothing here reaches the real Spotify' : '';
  process.stdout.write(
    `\nSegue is ready at ${env.PUBLIC_URL === door.url ? door.url : `${env.PUBLIC_URL} (listening on ${door.url})`}${keptIn}${vendors}\n\n`,
  );
}

await runProcess(begin);
