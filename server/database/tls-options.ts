import fs from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { expandHome } from '#server/runtime/home-path.ts';
import { DatabaseUrlError } from './url-error.ts';
import type { TlsChoice } from './tls-choice.ts';

/** The options of Node's TLS for a server, or false for none. Reads the certificate files now. Throws DatabaseUrlError for a file that is not readable. */
export function tlsOptions(choice: TlsChoice, host: string): ConnectionOptions | false {
  if (choice.mode === 'disable') return false;
  const client = choice.client && {
    cert: read('sslcert', choice.client.certificateFile),
    key: read('sslkey', choice.client.keyFile),
    ...(choice.client.passphrase === undefined ? {} : { passphrase: choice.client.passphrase }),
  };
  return {
    // The name that the certificate must have. Without it Node compares the certificate of an IP address with "localhost".
    host,
    ...(choice.rootFile === undefined ? {} : { ca: read('sslrootcert', choice.rootFile) }),
    ...client,
    ...(choice.minVersion === undefined ? {} : { minVersion: choice.minVersion }),
    ...verification(choice.mode),
  };
}

function verification(mode: TlsChoice['mode']): ConnectionOptions {
  if (mode === 'verify-full') return { rejectUnauthorized: true };
  if (mode === 'verify-ca') return { rejectUnauthorized: true, checkServerIdentity: () => undefined };
  // `prefer` reaches this point only when the server was not asked first: encrypted then, never in the clear.
  return { rejectUnauthorized: false };
}

function read(parameter: string, given: string): string {
  const file = expandHome(given);
  if (file === undefined) throw new DatabaseUrlError(`has the parameter ${parameter} with another user's home folder: write the whole path`);
  try {
    const text = fs.readFileSync(file, 'utf8');
    if (text.includes('-----BEGIN')) return text;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new DatabaseUrlError(`has the parameter ${parameter} with a file that cannot be read (${file}: ${code}): correct the path`);
  }
  throw new DatabaseUrlError(`has the parameter ${parameter} with a file that is not in PEM format (${file}): give a PEM file`);
}
