import { createReadStream, readFileSync } from 'node:fs';
import { exit, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { verifyCertificate } from './verify-certificate.ts';

const USAGE = 'npm run verify:certificate -- CERTIFICATE.json --ledger LEDGER.ndjson';
const EXIT_REFUSED = 1;
const EXIT_USAGE = 2;

/** `npm run verify:certificate`: needs the two files and nothing else; exits 0 when the list is proved fresh, 1 when it is not. */
async function verify(): Promise<number> {
  const { values, positionals } = parseArgs({ options: { ledger: { type: 'string' } }, allowPositionals: true });
  const [file] = positionals;
  if (file === undefined || values.ledger === undefined || positionals.length > 1) {
    stderr.write(`Say which certificate, and which export of the ledger to hold it against:\n  ${USAGE}\n`);
    return EXIT_USAGE;
  }
  const { isProved, says } = await verifyCertificate(readFileSync(file, 'utf8'), createReadStream(values.ledger));
  stdout.write(`${isProved ? 'PROVED' : 'NOT PROVED'}\n${says.map((line) => `  ${line}`).join('\n')}\n`);
  return isProved ? 0 : EXIT_REFUSED;
}

try {
  exit(await verify());
} catch (error) {
  stderr.write(`The files could not be read: ${error instanceof Error ? error.message : String(error)}\n`);
  exit(EXIT_USAGE);
}
