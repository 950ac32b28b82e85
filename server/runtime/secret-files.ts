import fs from 'node:fs';
import { expandHome } from '#server/runtime/home-path.ts';

/** The secrets. Each can also be given as the name of a file that contains it, as container platforms provide them. */
const SECRETS = [
  'DATABASE_URL',
  'ADMIN_API_KEY',
  'SPOTIFY_CLIENT_SECRET',
  'SPOTIFY_TOKEN_KEY',
  'SEGUE_SIGNING_KEY',
  'GEMINI_API_KEY',
  'STABILITY_API_KEY',
  'FAL_KEY',
  'S3_SECRET_ACCESS_KEY',
] as const;

export const SECRET_FILE_NAMES: readonly string[] = SECRETS.map(fileVariable);

type Source = Readonly<Record<string, string | undefined>>;

/** Adds each secret whose file is named. Returns problems as sentences that start with the variable's name and never contain the secret. */
export function readSecretFiles(source: Source): { readonly source: Source; readonly problems: readonly string[] } {
  const values: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of SECRETS) {
    const file = source[fileVariable(name)]?.trim();
    if (!file) continue;
    if (source[name]?.trim()) {
      problems.push(`${name} and ${fileVariable(name)} are both set: set only one of them.`);
      continue;
    }
    const read = readSecret(file);
    if (read.problem === undefined) values[name] = read.text;
    else problems.push(`${fileVariable(name)} ${read.problem}`);
  }
  return { source: { ...source, ...values }, problems };
}

function fileVariable(secret: string): string {
  return `${secret}_FILE`;
}

function readSecret(given: string): { readonly text: string; readonly problem?: undefined } | { readonly problem: string } {
  const file = expandHome(given);
  if (file === undefined) return { problem: `names another user's home folder (${given}): write the whole path.` };
  try {
    const text = fs
      .readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .trim();
    return text === '' ? { problem: `names an empty file (${file}): write the secret into it.` } : { text };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    return { problem: `names a file that cannot be read (${file}: ${code}): correct the path, or make the file readable for this user.` };
  }
}
