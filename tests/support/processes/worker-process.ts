import { startProcess } from './real-process.ts';

interface WorkerOptions {
  readonly databaseUrl: string;
  readonly sandbox: Readonly<Record<string, string>>;
  /** The process's data folder. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Printed by the worker when it is ready to take jobs. */
export const WORKER_READY = /The worker is running/;

/** Starts the real worker process with the keys and the Spotify app of `openInstance`, so that both can use the connected accounts. */
export function startWorkerProcess({ databaseUrl, sandbox, home, env = {} }: WorkerOptions) {
  return startProcess({
    script: 'jobs/main.ts',
    env: {
      ...sandbox,
      DATABASE_URL: databaseUrl,
      SEGUE_HOME: home,
      SPOTIFY_CLIENT_ID: 'segue',
      SPOTIFY_CLIENT_SECRET: 'of-no-consequence',
      SPOTIFY_TOKEN_KEY: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
      MUSICBRAINZ_CONTACT: 'nobody@example.org',
      ...env,
    },
  });
}
