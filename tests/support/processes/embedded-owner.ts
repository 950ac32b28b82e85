import { startEmbeddedPostgres } from '#server/embedded/postgres.ts';
import { DURABLE_COMMITS } from './restartable-postgres.ts';
import { env, stdout } from 'node:process';

/** Starts the embedded database in DATA_FOLDER, prints its address and waits to be killed. */
const server = await startEmbeddedPostgres({ dataFolder: env['DATA_FOLDER'] ?? '', durable: false, settings: DURABLE_COMMITS });
stdout.write(`ready ${server.url}\n`);
setInterval(() => {}, 60_000);
