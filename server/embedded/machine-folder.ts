import fs from 'node:fs';
import { StartError } from '#server/runtime/start-error.ts';

/** /var/lib first: /var/tmp is swept by age on some systems, and old database files look old. */
const PLACES = ['/var/lib/segue', '/var/tmp/segue'];

/** A folder outside anybody's home, for what a database user that cannot enter the clone must reach. Only root needs it. */
export function machineFolder(): string {
  for (const place of PLACES) {
    try {
      fs.mkdirSync(place, { recursive: true, mode: 0o755 });
      fs.accessSync(place, fs.constants.W_OK);
      return place;
    } catch {
      // Read-only or not ours: the next place may do.
    }
  }
  throw new StartError(
    `The database user cannot enter this folder, and neither ${PLACES.join(' nor ')} can be written. Move the clone out of /root, or set DATABASE_URL.`,
  );
}
