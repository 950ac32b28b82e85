import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { exit, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { parseKeysFile } from '#server/commands/certificate/trusted-keys.ts';
import type { TrustedKey } from '#server/commands/certificate/trusted-keys.ts';
import { verifyCertificate } from '#server/commands/certificate/verify-certificate.ts';
import type { VerificationResult } from '#server/commands/certificate/verify-certificate.ts';

const USAGE = 'npm run verify:certificate -- CERTIFICATE.json --ledger LEDGER.ndjson --key FINGERPRINT|PUBLIC_KEY|KEYS.json';
const EXIT_CODES = { proved: 0, refused: 1, unsigned: 3 } as const;
const EXIT_USAGE = 2;
/** The longest list has a few thousand entries of a few hundred bytes each. */
const CERTIFICATE_BYTES_MAX = 64 * 1024 * 1024;
const HEADINGS = { proved: 'PROVED', refused: 'NOT PROVED', unsigned: 'NOT SIGNED' } as const;

/**
 * `npm run verify:certificate`: needs only the files. Exit codes: 0 proved, 1 not proved, 2 wrong usage or unreadable files, 3 issued before signing
 * existed and consistent.
 */
async function verify(): Promise<number> {
  const given = parseArguments();
  if (typeof given === 'string') {
    stderr.write(`${given}\n  ${USAGE}\n`);
    return EXIT_USAGE;
  }
  const { outcome, says } = await checkFiles(given);
  stdout.write(`${HEADINGS[outcome]}\n${says.map((line) => `  ${line}`).join('\n')}\n`);
  return EXIT_CODES[outcome];
}

interface Arguments {
  readonly file: string;
  readonly ledger: string;
  readonly trusted: readonly TrustedKey[];
}

async function checkFiles({ file, ledger, trusted }: Arguments): Promise<VerificationResult> {
  if (statSync(file).size > CERTIFICATE_BYTES_MAX) return { outcome: 'refused', says: ['The file is larger than any certificate (64 MiB).'] };
  return verifyCertificate(readFileSync(file, 'utf8'), createReadStream(ledger), trusted);
}

/** The arguments, or what is wrong with them. */
function parseArguments(): Arguments | string {
  const missing = 'Name the certificate, the ledger export to check it against, and the key that you trust:';
  try {
    const options = { ledger: { type: 'string' }, key: { type: 'string', multiple: true } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [file] = positionals;
    if (file === undefined || values.ledger === undefined || positionals.length > 1) return missing;
    const keys = (values.key ?? []).map(parseKey);
    const wrong = keys.findIndex((key) => key === undefined);
    if (wrong >= 0) return `--key ${values.key?.[wrong] ?? ''} is not a fingerprint or public key (64 hex digits), nor a keys file:`;
    return { file, ledger: values.ledger, trusted: keys.flatMap((key) => key ?? []) };
  } catch {
    return missing;
  }
}

function parseKey(given: string): readonly TrustedKey[] | undefined {
  if (/^[0-9a-f]{64}$/i.test(given)) return [given.toLowerCase()];
  return existsSync(given) ? parseKeysFile(readFileSync(given, 'utf8')) : undefined;
}

try {
  exit(await verify());
} catch (error) {
  stderr.write(`The files could not be read: ${error instanceof Error ? error.message : String(error)}\n`);
  exit(EXIT_USAGE);
}
