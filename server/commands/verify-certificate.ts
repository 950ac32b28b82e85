import { createReadStream, readFileSync, statSync } from 'node:fs';
import { exit, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { verifyCertificate } from '#server/commands/certificate/verify-certificate.ts';

const USAGE = 'npm run verify:certificate -- CERTIFICATE.json --ledger LEDGER.ndjson';
const EXIT_REFUSED = 1;
const EXIT_USAGE = 2;
/** The longest list has a few thousand entries of a few hundred bytes each. */
const CERTIFICATE_BYTES_MAX = 64 * 1024 * 1024;

/** `npm run verify:certificate`: needs only the two files. Exit codes: 0 proved, 1 not proved, 2 wrong usage or unreadable files. */
async function verify(): Promise<number> {
  const files = parseFileArguments();
  if (!files) {
    stderr.write(`Name the certificate and the ledger export to check it against:\n  ${USAGE}\n`);
    return EXIT_USAGE;
  }
  const { isProved, says } =
    statSync(files.file).size > CERTIFICATE_BYTES_MAX
      ? { isProved: false, says: ['The file is larger than any certificate (64 MiB).'] }
      : await verifyCertificate(readFileSync(files.file, 'utf8'), createReadStream(files.ledger));
  stdout.write(`${isProved ? 'PROVED' : 'NOT PROVED'}\n${says.map((line) => `  ${line}`).join('\n')}\n`);
  return isProved ? 0 : EXIT_REFUSED;
}

/** The two files from the command line; undefined when the arguments are invalid. */
function parseFileArguments(): { readonly file: string; readonly ledger: string } | undefined {
  try {
    const { values, positionals } = parseArgs({ options: { ledger: { type: 'string' } }, allowPositionals: true });
    const [file] = positionals;
    return file === undefined || values.ledger === undefined || positionals.length > 1 ? undefined : { file, ledger: values.ledger };
  } catch {
    return undefined;
  }
}

try {
  exit(await verify());
} catch (error) {
  stderr.write(`The files could not be read: ${error instanceof Error ? error.message : String(error)}\n`);
  exit(EXIT_USAGE);
}
