import { verifyCertificate } from '#server/commands/certificate/verify-certificate.ts';
import type { CertificateFile } from '#shared/contracts/playlists/certificate.ts';
import type { LedgerLine } from '#shared/contracts/playlists/ledger-export.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { certificateText, chainedListText, entriesText, linkText } from '#shared/domain/playlists/certificate.ts';
import { Buffer } from 'node:buffer';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { chainedLedger, createTestSigner, sha256, signedCertificate, withDigests } from '#tests/support/certificates/forge.ts';

const FIRST = '2026-11-01';
const DAYS = 4;
const DAY = addDays(FIRST, DAYS - 1);
const REST = 20;
const TRACKS = 3;
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const signer = createTestSigner(Buffer.alloc(32, 1));

/** Two playlists of one repeat scope over four days, every recording new. */
const entriesOf = (playlist: number, back: number) =>
  Array.from({ length: TRACKS }, (_, at) => {
    const id = (playlist * DAYS + (DAYS - 1 - back)) * TRACKS + at + 1;
    return { recordingId: id, trackId: `track${String(id).padStart(4, '0')}`, placementId: id, firstDay: addDays(DAY, -back) };
  });

const BODY: LedgerLine[] = [
  { kind: 'segue ledger export', version: 2, from: FIRST, to: DAY, ledgerSince: FIRST, exportedAt: '2026-11-05T00:00:00.000Z' },
  ...[0, 1].flatMap((playlist) =>
    Array.from({ length: DAYS }, (_, at) =>
      entriesOf(playlist, DAYS - 1 - at).map(({ recordingId, placementId, firstDay }): LedgerLine => ({
        kind: 'stay',
        id: placementId,
        playlist: uuid(playlist),
        recording: recordingId,
        circle: 'network',
        firstDay,
        lastDay: firstDay,
        restDays: REST,
      })),
    ).flat(),
  ),
  ...Array.from({ length: DAYS }, (_, at) =>
    [0, 1].map((playlist): LedgerLine => ({
      kind: 'list',
      playlist: uuid(playlist),
      index: playlist + 1,
      day: addDays(FIRST, at),
      policy: uuid(9),
      entries: entriesOf(playlist, DAYS - 1 - at).map(({ recordingId, trackId, placementId }) => [recordingId, trackId, placementId]),
    })),
  ).flat(),
];

/** A forger with the operator's key can sign a changed export. What such a key cannot hide is tested here, too. */
const sealed = (lines: readonly string[]) =>
  chainedLedger(
    lines.map((line) => JSON.parse(line) as LedgerLine),
    signer.sign,
  );
const BODY_LINES = BODY.map((line) => JSON.stringify(line));
const LEDGER = sealed(BODY_LINES);
const LINES = LEDGER.trimEnd().split('\n');

function certificateOf(playlist: number, back: number): string {
  const day = addDays(DAY, -back);
  const entries = entriesOf(playlist, back).map((entry, at) => ({
    position: at + 1,
    recordingId: entry.recordingId,
    trackId: entry.trackId,
    title: `Song ${at + 1}`,
    artists: ['Ida Sound'],
    placementId: entry.placementId,
    firstDay: entry.firstDay,
    lastDay: entry.firstDay,
    restDays: REST,
    restsUntil: addDays(entry.firstDay, REST),
    placedBy: 'curation' as const,
    salt: sha256(`salt of ${entry.recordingId}`),
  }));
  const links: string[] = [];
  for (let on = DAYS - 1; on >= back; on -= 1)
    links.push(sha256(linkText({ previous: links.at(-1) ?? null, day: addDays(DAY, -on), list: sha256(chainedListText(entriesOf(playlist, on))) })));
  const open: Omit<CertificateFile, 'signature'> = {
    kind: 'segue freshness certificate',
    version: 2,
    issuedAt: '2026-11-05T00:00:00.000Z',
    playlist: { id: uuid(playlist), index: playlist + 1, themeTag: playlist === 0 ? 'Tide' : 'Harbour' },
    day,
    listDay: day,
    curatedAt: `${day}T04:00:00.000Z`,
    rolledBack: null,
    policy: { id: uuid(9), familyId: uuid(8), name: 'Tide', version: 1, sha256: 'a'.repeat(64) },
    rest: { days: REST, scope: 'network', circle: 'network' },
    ledger: { since: FIRST, daysCovered: DAYS - back, placements: 24 },
    entries,
    digest: sha256(entriesText(entries)),
    listSalt: sha256(`salt of list ${playlist} ${day}`),
    chain: { since: FIRST, days: links.length, previous: links.at(-2) ?? null, link: links.at(-1) ?? '' },
    shown: {
      status: 'nowhere',
      listDay: null,
      since: null,
      readAt: null,
      unconfirmedSince: null,
      accounts: 0,
      otherAccounts: 0,
      added: [],
      removed: [],
      isReordered: false,
    },
    repeats: [],
  };
  return certificateText(signer.sign(open));
}
const CERTIFICATE = certificateOf(0, 0);

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}
const verify = (file: string, exported: string) => verifyCertificate(file, inChunks(Buffer.from(exported)), [signer.key]);

const swapped = (lines: readonly string[], a: number, b: number) => lines.map((line, at) => (at === a ? lines[b] : at === b ? lines[a] : line) ?? '');
const lastList = BODY_LINES.findIndex((line) => line.includes('"index":1') && line.includes(DAY));
const firstList = BODY_LINES.findIndex((line) => line.includes('"kind":"list"'));

/** What a forger inside would do: everything recalculated and signed with the operator's key. */
const forged = (file: CertificateFile) => signedCertificate(withDigests(file), signer.sign);

/** The same with other repeat windows. */
const withWindows = (file: CertificateFile, listDays: number, restDays: number): CertificateFile => ({
  ...file,
  rest: { ...file.rest, days: listDays },
  entries: file.entries.map((entry) => ({ ...entry, restDays, restsUntil: addDays(entry.firstDay, restDays) })),
});

const run = async (...args: string[]) => {
  const command = promisify(execFile)('node', ['--import', 'tsx', 'server/commands/verify-certificate.ts', ...args], { encoding: 'utf8' });
  return command.then(
    ({ stdout }) => ({ code: 0, says: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, says: error.stdout + error.stderr }),
  );
};

test('certificates that the app issued are proved', async () => {
  for (const playlist of [0, 1])
    for (let back = 0; back < DAYS; back += 1) {
      const result = await verify(certificateOf(playlist, back), LEDGER);
      expect(result, result.says.join('\n')).toMatchObject({ outcome: 'proved' });
    }
});

describe('an export of the ledger', () => {
  const attacks: readonly (readonly [string, string, RegExp])[] = [
    ['with a changed row', LEDGER.replace('"restDays":20', '"restDays":19'), /chain breaks at line/],
    [
      'with a changed row and a matching seal',
      sealed(BODY_LINES.map((line) => line.replace(`"id":${entriesOf(0, 0)[0]?.placementId},`, '"id":999,'))),
      /has no placement of/,
    ],
    ['without a row', LINES.toSpliced(3, 1).join('\n') + '\n', /chain breaks at line 4/],
    ['without its last row', LINES.toSpliced(-2, 1).join('\n') + '\n', /lines are missing/],
    ['without the list, and a seal that fits', sealed(BODY_LINES.toSpliced(lastList, 1)), /has no list of “Tide”/],
    ['without an earlier list, and a seal that fits', sealed(BODY_LINES.toSpliced(firstList, 1)), /chain of “Tide” does not match/],
    ['without a stay, and a seal that fits', sealed(BODY_LINES.toSpliced(1 + (DAYS - 1) * TRACKS, 1)), /has no placement of “Song 1”/],
    ['with rows in another order', `${swapped(LINES, 2, 5).join('\n')}\n`, /chain breaks at line/],
    ['with lists in another order, and a seal that fits', sealed(swapped(BODY_LINES, firstList, lastList)), /out of order/],
    ['with a stay behind the lists, and a seal that fits', sealed(swapped(BODY_LINES, 1, lastList)), /out of order/],
    ['with a row twice, and a seal that fits', sealed(BODY_LINES.toSpliced(lastList, 0, BODY_LINES[lastList] ?? '')), /duplicated/],
    ['that is truncated between rows', `${LINES.slice(0, -4).join('\n')}\n`, /is truncated/],
    ['that is truncated inside a row', LEDGER.slice(0, LEDGER.length - 100), /cannot be read/],
    ['with something behind its end', `${LEDGER}${LINES[1]}\n`, /after its last line/],
    ['with two heads', sealed(BODY_LINES.toSpliced(1, 0, BODY_LINES[0] ?? '')), /two headers/],
    ['of another version', LEDGER.replace('"version":2', '"version":3'), /version 3; this verifier reads version 2/],
    ['of the version without signatures', LEDGER.replace('"version":2', '"version":1'), /made before exports were signed/],
    ['that is not JSON', 'PK\u0003\u0004 not an export', /cannot be read/],
    ['that is empty', '', /is truncated/],
    ['that is the certificate', CERTIFICATE, /is a certificate, not a ledger export/],
    ['with other ends of lines', LEDGER.replaceAll('\n', '\r\n'), /cannot be read/],
    ['with a mark at its beginning', `\uFEFF${LEDGER}`, /cannot be read/],
    ['nested a million deep', `${'['.repeat(1_000_000)}\n`, /cannot be read/],
    ['of one line without an end', '['.repeat(80_000_000), /cannot be read/],
    ['that begins later', sealed(BODY_LINES.map((line) => line.replace(`"from":"${FIRST}"`, `"from":"${DAY}"`))), /The export begins on/],
    ['that ends earlier', sealed(BODY_LINES.map((line) => line.replace(`"to":"${DAY}"`, `"to":"${FIRST}"`))), /The export ends on/],
  ];
  test.for(attacks)('%s is refused, and says why', async ([, exported, says]) => {
    const result = await verify(CERTIFICATE, exported);
    expect(result.outcome).toBe('refused');
    expect(result.says.join(' ')).toMatch(says);
  });
});

describe('a certificate', () => {
  const other = JSON.parse(certificateOf(1, 0)) as CertificateFile;
  const own = JSON.parse(CERTIFICATE) as CertificateFile;
  const attacks: readonly (readonly [string, string, RegExp])[] = [
    ['with a changed title', CERTIFICATE.replace('Song 2', 'Song 9'), /signature of the certificate does not match/],
    ['of another playlist’s list', forged({ ...own, entries: other.entries }), /list in the ledger differs/],
    ['under another playlist’s name', forged({ ...own, playlist: other.playlist }), /list in the ledger differs/],
    ['for another day', forged({ ...own, day: addDays(DAY, -1), listDay: addDays(DAY, -1) }), /does not cover the day/],
    ['with rows in another order', forged({ ...own, entries: own.entries.toReversed() }), /positions do not run/],
    ['without a row', forged({ ...own, entries: own.entries.slice(0, -1) }), /list in the ledger differs/],
    [
      'with a row twice',
      forged({ ...own, entries: own.entries.map((entry, at) => ({ ...own.entries[0], position: at + 1 }) as typeof entry) }),
      /is in the list twice/,
    ],
    ['with a shorter rest of an entry', forged(withWindows(own, own.rest.days, 1)), /shorter repeat window than the certificate states/],
    ['with a shorter rest throughout', forged(withWindows(own, 1, 1)), /differs in the ledger/],
    ['with a longer rest than was kept', forged({ ...own, rest: { ...own.rest, days: 365 } }), /shorter repeat window/],
    ['with a longer rest throughout', forged(withWindows(own, 365, 365)), /differs in the ledger/],
    ['with a wider circle than was kept', forged({ ...own, rest: { ...own.rest, scope: 'playlist' } }), /repeat scope key/],
    [
      'of another version',
      CERTIFICATE.replace('"version": 2,\n  "issuedAt"', '"version": 3,\n  "issuedAt"'),
      /version 3; this verifier reads versions 1 and 2/,
    ],
    ['that is not JSON', '<html>404</html>', /not valid JSON/],
    ['that is truncated', CERTIFICATE.slice(0, 700), /not valid JSON/],
    ['that is empty', '', /not valid JSON/],
    ['that is something else', '{"hello":"world"}', /not a freshness certificate/],
    ['that is nothing', 'null', /not a freshness certificate/],
    ['that is the export', LEDGER, /is a ledger export, not a certificate/],
    ['nested a million deep', '['.repeat(1_000_000), /not valid JSON/],
    ['with a field more', CERTIFICATE.replace('"kind"', '"trust": "me",\n  "kind"'), /not a freshness certificate/],
    ['with a field twice', CERTIFICATE.replace('"version": 2', '"version": 2,\n  "version": 2'), /differs from the issued file/],
  ];
  test.for(attacks)('%s is refused, and says why', async ([, file, says]) => {
    const result = await verify(file, LEDGER);
    expect(result.outcome).toBe('refused');
    expect(result.says.join(' ')).toMatch(says);
  });
});

test('on the command line a file that is missing, huge or misnamed is reported, with an exit code of its own', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'segue-'));
  const file = (name: string, text: string | Buffer) => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  const [certificate, ledger] = [file('certificate.json', CERTIFICATE), file('ledger.ndjson', LEDGER)];
  try {
    expect(await run(certificate, '--ledger', ledger, '--key', signer.key)).toMatchObject({ code: 0, says: expect.stringMatching(/^PROVED/) });
    expect(await run(certificate, '--ledger', path.join(folder, 'none'), '--key', signer.key)).toMatchObject({
      code: 2,
      says: expect.stringContaining('no such file'),
    });
    expect(await run(certificate, '--book', ledger)).toMatchObject({ code: 2, says: expect.stringContaining('Name the certificate') });
    const huge = file('huge.json', Buffer.alloc(65 * 1024 * 1024, ' '));
    expect(await run(huge, '--ledger', ledger)).toMatchObject({ code: 1, says: expect.stringContaining('larger than any certificate') });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
