import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where real Spotify data may lie: `SEGUE_DATA`, else beside the project. A user's clone has none. */
const FOLDER = process.env['SEGUE_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));

/** The path of a real data file, or undefined with one clear line when it is not there. */
export function realData(file: string): string | undefined {
  const path = join(FOLDER, file);
  if (existsSync(path)) return path;
  console.log(`Left out: ${file} is not there (set SEGUE_DATA to a folder that has it).`);
  return undefined;
}
