import { DatabaseUrlError } from './url-error.ts';

const TLS_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify'] as const;
type TlsMode = (typeof TLS_MODES)[number];
const TLS_VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;

/** How the connection is encrypted, in libpq's words; `no-verify` is node-postgres's word for TLS without any verification. */
export interface TlsChoice {
  readonly mode: TlsMode;
  /** File with the certificates of trusted authorities; undefined means those that Node trusts. */
  readonly rootFile: string | undefined;
  /** The client's own certificate and its key. */
  readonly client: { readonly certificateFile: string; readonly keyFile: string; readonly passphrase: string | undefined } | undefined;
  /** TLS from the first byte, which PostgreSQL 17 and newer accept. */
  readonly isDirect: boolean;
  readonly minVersion: (typeof TLS_VERSIONS)[number] | undefined;
}

/** What `ssl=` means in the addresses of both drivers. */
const SSL_WORDS: Readonly<Record<string, TlsMode>> = { true: 'verify-full', '1': 'verify-full', false: 'disable', '0': 'disable' };
/** libpq's word for the authorities that the system trusts. */
const SYSTEM_ROOTS = 'system';

/**
 * Takes the parameters about TLS. Without `sslmode` and `ssl` the connection is not encrypted, unless `sslrootcert` names an authority: then it is
 * verify-full. `require` with an authority is verify-ca, as in libpq. Throws DatabaseUrlError.
 */
export function readTlsChoice(take: (name: string) => string | undefined, isSocket: boolean): TlsChoice {
  const [ssl, sslmode, root] = [take('ssl'), take('sslmode'), take('sslrootcert')];
  if (ssl !== undefined && sslmode !== undefined) throw new DatabaseUrlError('has both parameters ssl and sslmode: keep sslmode');
  const [certificateFile, keyFile, passphrase] = [take('sslcert'), take('sslkey'), take('sslpassword')];
  if ((certificateFile === undefined) !== (keyFile === undefined))
    throw new DatabaseUrlError('has only one of the parameters sslcert and sslkey: set both, or neither');
  const rootFile = root === SYSTEM_ROOTS ? undefined : root || undefined;
  const named = readMode(ssl, sslmode) ?? (root ? 'verify-full' : 'disable');
  const mode = named === 'require' && root ? 'verify-ca' : named;
  if (mode === 'verify-ca' && rootFile === undefined)
    throw new DatabaseUrlError('has the parameter sslmode=verify-ca without an authority: add sslrootcert=/path/to/ca.pem, or use verify-full');
  const isDirect = readNegotiation(take('sslnegotiation'));
  if (isDirect && ['disable', 'prefer'].includes(mode))
    throw new DatabaseUrlError('has the parameter sslnegotiation=direct, which needs sslmode=require or stricter: add it');
  const client = certificateFile && keyFile ? { certificateFile, keyFile, passphrase } : undefined;
  const choice = { mode, rootFile, client, isDirect, minVersion: readVersion(take('ssl_min_protocol_version')) };
  // As in libpq: a Unix socket never leaves the machine and is not encrypted.
  return isSocket ? { ...choice, mode: 'disable', isDirect: false } : choice;
}

function readMode(ssl: string | undefined, sslmode: string | undefined): TlsMode | undefined {
  const word = sslmode ?? ssl;
  if (word === undefined) return undefined;
  const mode = sslmode === undefined ? (SSL_WORDS[word] ?? word) : word;
  const known = TLS_MODES.find((one) => one === mode);
  if (known) return known;
  const name = sslmode === undefined ? 'ssl' : 'sslmode';
  throw new DatabaseUrlError(`has the parameter ${name} with a value that is not one of ${TLS_MODES.join(', ')}: use one of them`);
}

function readNegotiation(value: string | undefined): boolean {
  if (value === undefined || value === 'postgres') return false;
  if (value === 'direct') return true;
  throw new DatabaseUrlError('has the parameter sslnegotiation with a value other than postgres and direct: use one of them');
}

function readVersion(value: string | undefined): TlsChoice['minVersion'] {
  if (value === undefined) return undefined;
  const known = TLS_VERSIONS.find((one) => one === value);
  if (known) return known;
  throw new DatabaseUrlError(
    `has the parameter ssl_min_protocol_version with a value that is not one of ${TLS_VERSIONS.join(', ')}: use one of them`,
  );
}
