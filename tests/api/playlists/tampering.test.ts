import { verifyCertificate } from '#server/commands/certificate/verify-certificate.ts';
import type { VerificationResult } from '#server/commands/certificate/verify-certificate.ts';
import type { CertificateFile } from '#shared/contracts/playlists/certificate.ts';
import type { LedgerLine } from '#shared/contracts/playlists/ledger-export.ts';
import { certificateText } from '#shared/domain/playlists/certificate.ts';
import { inChunks, operator, startCertifiedNetwork } from '#tests/support/certificates/certified-network.ts';
import type { CertifiedNetwork } from '#tests/support/certificates/certified-network.ts';
import {
  asUnsigned,
  chainedLedger,
  createTestSigner,
  ledgerLines,
  sha256,
  signedCertificate,
  withDigests,
} from '#tests/support/certificates/forge.ts';
import { walkJson } from '#tests/support/certificates/walk-json.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';

const stranger = createTestSigner(Buffer.alloc(32, 66));

let network: CertifiedNetwork;
let file: CertificateFile;

beforeAll(async () => {
  network = await startCertifiedNetwork();
  file = JSON.parse(network.certificate) as CertificateFile;
}, 300_000);

afterAll(() => network.app[Symbol.asyncDispose]());

const verify = (certificate: string, ledger: string) => verifyCertificate(certificate, inChunks(ledger), [operator.key]);

/** What a forger writes, as text. A change that leaves nothing to recalculate is written as it is. */
type Forger = readonly [name: string, write: (changed: unknown) => string];

const orPlain = (write: (changed: CertificateFile) => string) => (changed: unknown) => {
  try {
    return write(changed as CertificateFile);
  } catch {
    return certificateText(changed as CertificateFile);
  }
};

const CERTIFICATE_FORGERS: readonly Forger[] = [
  ['changed', (changed) => certificateText(changed as CertificateFile)],
  ['digests recalculated', orPlain((changed) => certificateText(withDigests(changed)))],
  ['resealed with the hash', orPlain((changed) => certificateText(asUnsigned(withDigests(changed))))],
  ['signed with a foreign key', orPlain((changed) => signedCertificate(withDigests(changed), stranger.sign))],
  [
    'signed with a foreign key under the operator’s fingerprint',
    orPlain((changed) => {
      const signed = JSON.parse(signedCertificate(withDigests(changed), stranger.sign)) as CertificateFile;
      return certificateText({ ...signed, signature: { ...signed.signature, key: operator.key } });
    }),
  ],
];

/** Refused, or told apart as a file from before signing existed, which anyone can write. */
function isCaught({ outcome, says }: VerificationResult): boolean {
  return outcome === 'refused' || (outcome === 'unsigned' && says[0]?.startsWith('Sealed before signing existed') === true);
}

test('no certificate passes in which one field was changed, removed or added, however it was resealed', { timeout: 600_000 }, async () => {
  expect((await verify(network.certificate, network.ledger)).outcome).toBe('proved');
  expect((await verify(network.certificate, network.publicLedger)).outcome).toBe('proved');
  let tried = 0;
  const passed: string[] = [];
  const attempt = async (what: string, text: string) => {
    // A changed digest, recalculated, is the genuine one again.
    if (text === network.certificate) return;
    for (const ledger of [network.ledger, network.publicLedger]) {
      tried += 1;
      if (!isCaught(await verify(text, ledger))) passed.push(what);
    }
  };
  for (const { what, value } of walkJson(file)) for (const [name, write] of CERTIFICATE_FORGERS) await attempt(`${what}, ${name}`, write(value));
  expect(passed).toEqual([]);
  console.info(`certificates: 0 of ${tried} variants pass`);
  expect(tried).toBeGreaterThanOrEqual(200);
});

/** The end of the genuine export under other lines. */
const withOldSignature = (lines: readonly LedgerLine[], text: string): string => {
  const end = JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as { signature: unknown };
  return chainedLedger(lines, (content) => ({ ...content, signature: end.signature }) as ReturnType<typeof operator.sign<typeof content>>);
};

/** As exports were sealed before they were signed. */
const withHash = (lines: readonly unknown[]): string => {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  return `${text}${JSON.stringify({ kind: 'end', lines: lines.length, sha256: sha256(text) })}\n`;
};

/** Of each kind of line the first and the last, and whatever else is about the certificate. */
function linesToChange(lines: readonly LedgerLine[]): number[] {
  const kinds = ['segue ledger export', 'segue public ledger', 'stay', 'list', 'public stay', 'public list'];
  const ends = kinds.flatMap((kind) => [lines.findIndex((line) => line.kind === kind), lines.findLastIndex((line) => line.kind === kind)]);
  const own = lines.flatMap((line, at) => (line.kind === 'stay' && line.id === file.entries[3]?.placementId ? [at] : []));
  return [...new Set([...ends, ...own])].filter((at) => at >= 0);
}

test.for(['ledger', 'publicLedger'] as const)(
  'no %s passes in which one field was changed, removed or added',
  { timeout: 600_000 },
  async (which) => {
    const genuine = network[which];
    const lines = ledgerLines(genuine);
    const raw = genuine.trimEnd().split('\n');
    let tried = 0;
    const passed: string[] = [];
    const attempt = async (what: string, text: string) => {
      tried += 1;
      expect(text).not.toBe(genuine);
      if ((await verify(network.certificate, text)).outcome !== 'refused') passed.push(what);
    };
    for (const at of linesToChange(lines)) {
      for (const { what, value } of walkJson(lines[at], `line ${at}`)) {
        const changed = lines.with(at, value as LedgerLine);
        const chain = (JSON.parse(raw[at] ?? '') as { chain: string }).chain;
        await attempt(`${what}, changed`, `${raw.with(at, JSON.stringify({ ...(value as object), chain })).join('\n')}\n`);
        await attempt(`${what}, chained again`, withOldSignature(changed, genuine));
        await attempt(`${what}, sealed with the hash`, withHash(changed));
        await attempt(`${what}, signed with a foreign key`, chainedLedger(changed, stranger.sign));
      }
      await attempt(`line ${at} removed`, `${raw.toSpliced(at, 1).join('\n')}\n`);
      await attempt(`line ${at} removed, chained again`, withOldSignature(lines.toSpliced(at, 1), genuine));
      await attempt(`line ${at} twice, signed with a foreign key`, chainedLedger(lines.toSpliced(at, 0, lines[at] as LedgerLine), stranger.sign));
    }
    for (const { what, value } of walkJson(JSON.parse(raw.at(-1) ?? ''), 'end'))
      await attempt(what, `${[...raw.slice(0, -1), JSON.stringify(value)].join('\n')}\n`);
    expect(passed).toEqual([]);
    console.info(`${which}: 0 of ${tried} variants pass`);
    expect(tried).toBeGreaterThanOrEqual(200);
  },
);

test('a certificate and a ledger forged alike do not pass: plainly, with the hash, or with a foreign key', async () => {
  const tracks: readonly (readonly [string, string])[] = file.entries.map(({ trackId }) => [trackId, `${trackId.slice(0, -1)}Z`] as const);
  const forgedFile: CertificateFile = { ...file, entries: file.entries.map((entry, at) => ({ ...entry, trackId: tracks[at]?.[1] ?? '' })) };
  const forgedLines = ledgerLines(network.ledger).map((line): LedgerLine => {
    if (line.kind !== 'list' || line.playlist !== file.playlist.id || line.day !== file.day) return line;
    return {
      ...line,
      entries: line.entries.map(([recording, track, stay]) => [recording, tracks.find(([was]) => was === track)?.[1] ?? track, stay]),
    };
  });
  const foreign = { certificate: signedCertificate(withDigests(forgedFile), stranger.sign), ledger: chainedLedger(forgedLines, stranger.sign) };
  // The forgery is complete: a verifier that trusts that key accepts it.
  expect((await verifyCertificate(foreign.certificate, inChunks(foreign.ledger), [stranger.key])).outcome).toBe('proved');
  const hashed = { certificate: certificateText(asUnsigned(withDigests(forgedFile))), ledger: withHash(forgedLines) };
  const old = { certificate: certificateText(withDigests(forgedFile)), ledger: withOldSignature(forgedLines, network.ledger) };
  for (const one of [foreign.certificate, hashed.certificate, old.certificate])
    for (const other of [foreign.ledger, hashed.ledger, old.ledger, network.ledger]) expect((await verify(one, other)).outcome).toBe('refused');
  const { says } = await verify(foreign.certificate, foreign.ledger);
  expect(says).toEqual([`The certificate is signed with key ${stranger.key}, which is not one of the keys you trust.`]);
});
