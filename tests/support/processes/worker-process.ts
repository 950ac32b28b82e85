import { startProcess } from './real-process.ts';

interface WorkerPlace {
  readonly databaseUrl: string;
  readonly sandbox: Readonly<Record<string, string>>;
  /** Folder of what the process keeps. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What the worker says once it takes jobs. */
export const WORKER_READY = /The worker takes jobs/;

/** The real worker process, with the keys and the app of `openHouse`, so that both can use the accounts that are lent to the network. */
export function startWorkerProcess({ databaseUrl, sandbox, home, env = {} }: WorkerPlace) {
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
