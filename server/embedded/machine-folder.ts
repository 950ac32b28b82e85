import fs from 'node:fs';
import { StartError } from '#server/runtime/start-error.ts';

/** /var/lib first: some systems delete old files in /var/tmp. */
const CANDIDATES = ['/var/lib/segue', '/var/tmp/segue'];

/** A folder outside all home folders, for a database user that cannot enter the project folder. Needed only when running as root. Throws StartError. */
export function machineFolder(): string {
  for (const folder of CANDIDATES) {
    try {
      fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
      fs.accessSync(folder, fs.constants.W_OK);
      return folder;
    } catch {
      // Read-only or not permitted: try the next one.
    }
  }
  throw new StartError(
    `The database user cannot enter this folder, and Segue cannot write to ${CANDIDATES.join(' or ')}. Move the project out of /root, or set DATABASE_URL.`,
  );
}
