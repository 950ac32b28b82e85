import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of real Spotify data: `SEGUE_DATA`, else beside the project. A user's clone has none. */
const FOLDER = process.env['SEGUE_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** The path of a real data file. Prints one line and returns undefined when it is missing. */
export function realData(file: string): string | undefined {
  const path = join(FOLDER, file);
  if (existsSync(path)) return path;
  console.log(`Skipped: ${file} not found (set SEGUE_DATA to a folder that contains it).`);
  return undefined;
}
