import type { Signer } from '#server/use-cases/auth/signing/load-signer.ts';
import { keyPairOf } from '#server/use-cases/auth/signing/key-pair.ts';
import type { CertificateFile, UnsignedCertificateFile } from '#shared/contracts/playlists/certificate.ts';
import type { LedgerLine } from '#shared/contracts/playlists/ledger-export.ts';
import { signedText } from '#shared/domain/auth/signed-text.ts';
import { certificateText, chainedListText, entriesText, linkText, listDayOf, sealedText } from '#shared/domain/playlists/certificate.ts';
import { ledgerChainText } from '#shared/domain/playlists/ledger-texts.ts';
import { createHash } from 'node:crypto';

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A signer with the key of a seed, and the fingerprint of that key. */
export function createTestSigner(seed: Uint8Array): { readonly key: string; readonly publicKey: string; readonly sign: Signer } {
  const { fingerprint, publicKey, sign } = keyPairOf(seed);
  return {
    key: fingerprint,
    publicKey,
    sign: (content) => {
      const unsigned = { ...content, signature: { algorithm: 'Ed25519', key: fingerprint, publicKey } as const };
      return { ...unsigned, signature: { ...unsigned.signature, value: sign(signedText(unsigned)) } };
    },
  };
}

/** Recalculates whatever anyone can recalculate: digest and link, not the signature. */
export function withDigests<T extends CertificateFile | UnsignedCertificateFile>(file: T): T {
  const link = sha256(linkText({ previous: file.chain?.previous ?? null, day: listDayOf(file), list: sha256(chainedListText(file.entries)) }));
  return { ...file, digest: sha256(entriesText(file.entries)), ...(file.chain ? { chain: { ...file.chain, link } } : {}) };
}

/** Signs a changed certificate. */
export function signedCertificate({ signature: _signature, ...content }: CertificateFile, sign: Signer): string {
  return certificateText(sign(content));
}

/** The certificate as it would have been issued before signing existed, with the seal that anyone can compute. */
export function asUnsigned({ signature: _signature, listSalt: _listSalt, ...file }: CertificateFile): UnsignedCertificateFile {
  const { kind, issuedAt, playlist, day, listDay, curatedAt, rolledBack, policy, rest, ledger, digest, chain, shown, repeats } = file;
  const entries = file.entries.map(({ salt: _salt, ...entry }) => entry);
  const open = {
    kind,
    version: 1 as const,
    issuedAt,
    playlist,
    day,
    listDay,
    curatedAt,
    rolledBack,
    policy,
    rest,
    ledger,
    entries,
    digest,
    chain,
    shown,
    repeats,
  };
  return { ...open, seal: sealOf(open) };
}

/** The seal of a certificate without signature. */
export const sealOf = (open: Parameters<typeof sealedText>[0]) => sha256(sealedText(open));

/** Writes an export with a chain that fits its lines. */
export function chainedLedger(lines: readonly LedgerLine[], sign: Signer): string {
  let chain = '';
  const texts = lines.map((line) => {
    chain = sha256(ledgerChainText(chain, line));
    return `${JSON.stringify({ ...line, chain })}\n`;
  });
  return `${texts.join('')}${JSON.stringify(sign({ kind: 'end', lines: lines.length, chain }))}\n`;
}

/** The lines of an export without chain and end. */
export function ledgerLines(text: string): LedgerLine[] {
  const lines = text.trimEnd().split('\n').slice(0, -1);
  return lines.map((line) => {
    const { chain: _chain, ...content } = JSON.parse(line) as LedgerLine & { chain: string };
    return content;
  });
}
