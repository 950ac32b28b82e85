import { CRONTAB } from '#jobs/crontab.ts';
import { runWorker } from '#jobs/run-worker.ts';
import { createTasks } from '#jobs/tasks/index.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createApp } from './app.ts';
import type { AppOptions } from './app.ts';
import { startRuntime } from './start-runtime.ts';
import type { Runtime } from './start-runtime.ts';
import { seedDemo } from '#server/runtime/demo.ts';
import { lockDataFolder } from '#server/embedded/data-folder-lock.ts';
import { readProcessEnv } from './env.ts';
import { openHttpListener } from '#server/http/http-listener.ts';
import type { HttpListener } from '#server/http/http-listener.ts';
import { runProcess } from '#server/runtime/process-lifecycle.ts';
import type { ProcessLifecycle } from '#server/runtime/process-lifecycle.ts';
import { EXIT_CONFIG, StartError } from '#server/runtime/start-error.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WEB_ROOT = path.join(ROOT, 'dist', 'web');

/** `--only server`: no worker, nothing embedded. `--dev`: the web app from source, with hot reload. */
function readArguments(): { isWhole: boolean; isDev: boolean } {
  const { values } = parseArgs({ options: { only: { type: 'string' }, dev: { type: 'boolean', default: false } } });
  if (values.only !== undefined && values.only !== 'server')
    throw new StartError(`--only ${values.only} is not supported. Use --only server.`, { exitCode: EXIT_CONFIG });
  return { isWhole: values.only === undefined, isDev: values.dev };
}

async function run(lifecycle: ProcessLifecycle): Promise<void> {
  const { isWhole, isDev } = readArguments();
  const env = readProcessEnv();
  if (isWhole) lifecycle.defer(lockDataFolder(env.SEGUE_HOME));
  const listener = await openHttpListener({ host: env.HOST, port: env.PORT });
  lifecycle.defer(() => listener.close());
  // At once, although the worker and others stop first: nobody should send new requests.
  lifecycle.shutdownSignal.addEventListener('abort', () => listener.beginDraining());
  const runtime = await startRuntime(env, { isWhole, url: listener.url }, lifecycle);
  const web = isDev ? await startVite(listener, lifecycle) : builtWeb();
  listener.serve(
    createApp(runtime.deps, {
      ...web,
      isDraining: listener.isDraining,
      isExcessConnection: listener.isExcessConnection,
      trustProxy: env.TRUST_PROXY,
    }),
  );
  // Registered again to close first: no request may reach resources that are being closed.
  lifecycle.defer(() => listener.close());
  printReady(runtime, listener);
  if (isWhole) await startBackgroundWork(runtime, lifecycle);
}

/** The demo runs before the worker, because it runs the job steps itself and would conflict with a job of the same kind. */
async function startBackgroundWork(runtime: Runtime, lifecycle: ProcessLifecycle): Promise<void> {
  const seeding = seedDemo(runtime, lifecycle.shutdownSignal).catch((error: unknown) => {
    if (!lifecycle.shutdownSignal.aborted) runtime.deps.log.error('the demo network could not be created; the next start tries again', { error });
  });
  lifecycle.defer(() => seeding);
  await seeding;
  if (!lifecycle.shutdownSignal.aborted) await startWorker(runtime, lifecycle);
}

async function startWorker({ deps, env, hasOwnDatabase: isAlone }: Runtime, lifecycle: ProcessLifecycle): Promise<void> {
  const worker = await runWorker(deps, {
    databaseUrl: env.DATABASE_URL,
    tasks: createTasks(deps),
    crontab: CRONTAB,
    isOnlyProcess: isAlone,
    onFatal: lifecycle.fail,
  });
  lifecycle.defer(() => worker.stop());
}

function builtWeb(): AppOptions {
  if (existsSync(path.join(WEB_ROOT, 'index.html'))) return { webRoot: WEB_ROOT };
  throw new StartError('The web app is not built. Run npm run build first, or use npm start, which builds it.', { exitCode: EXIT_CONFIG });
}

async function startVite(listener: HttpListener, lifecycle: ProcessLifecycle): Promise<AppOptions> {
  const { createServer } = await import('vite');
  const vite = await createServer({
    configFile: path.join(ROOT, 'vite.config.ts'),
    server: { middlewareMode: true, hmr: { server: listener.server } },
    appType: 'spa',
  });
  lifecycle.defer(() => vite.close());
  return { viteMiddleware: vite.middlewares };
}

function printReady({ deps, env, adminKey }: Runtime, listener: HttpListener): void {
  const key = adminKey?.isNew ? `\n  Admin key: ${adminKey.value}` : '';
  const keyLocation = adminKey ? `${key}\n  The admin key is stored in ${adminKey.file}` : '';
  const vendors = deps.settings.sandbox ? '\n  Sandbox: Spotify is simulated. Nothing reaches a real account' : '';
  process.stdout.write(
    `\nSegue is ready at ${env.PUBLIC_URL === listener.url ? listener.url : `${env.PUBLIC_URL} (listening on ${listener.url})`}${keyLocation}${vendors}\n\n`,
  );
}

await runProcess(run);
