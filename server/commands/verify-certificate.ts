import { createReadStream, readFileSync, statSync } from 'node:fs';
import { exit, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { verifyCertificate } from '#server/commands/certificate/verify-certificate.ts';

const USAGE = 'npm run verify:certificate -- CERTIFICATE.json --ledger LEDGER.ndjson';
const EXIT_REFUSED = 1;
const EXIT_USAGE = 2;
/** The longest list has some thousand entries of a few hundred bytes. */
const CERTIFICATE_BYTES_MAX = 64 * 1024 * 1024;

/** `npm run verify:certificate`: needs the two files and nothing else; exits 0 when the list is proved fresh, 1 when it is not. */
async function verify(): Promise<number> {
  const named = namedFiles();
  if (!named) {
    stderr.write(`Say which certificate, and which export of the ledger to hold it against:\n  ${USAGE}\n`);
    return EXIT_USAGE;
  }
  const { isProved, says } =
    statSync(named.file).size > CERTIFICATE_BYTES_MAX
      ? { isProved: false, says: ['The file is far larger than any certificate.'] }
      : await verifyCertificate(readFileSync(named.file, 'utf8'), createReadStream(named.ledger));
  stdout.write(`${isProved ? 'PROVED' : 'NOT PROVED'}\n${says.map((line) => `  ${line}`).join('\n')}\n`);
  return isProved ? 0 : EXIT_REFUSED;
}

/** What was named on the command line; undefined where it cannot be understood. */
function namedFiles(): { readonly file: string; readonly ledger: string } | undefined {
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
