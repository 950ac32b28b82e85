import { verifyCertificate } from '#server/commands/certificate/verify-certificate.ts';
import type { CertificateFile } from '#shared/contracts/playlists/certificate.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chainedLedger, ledgerLines, signedCertificate, withDigests, asUnsigned, sha256, sealOf } from '#tests/support/certificates/forge.ts';
import { publicStayText } from '#shared/domain/playlists/ledger-texts.ts';
import { certificateText } from '#shared/domain/playlists/certificate.ts';
import type { LedgerLine } from '#shared/contracts/playlists/ledger-export.ts';
import { TEST_ADMIN_KEY } from '#tests/support/app.ts';
import { insertAppliedRollback } from '#tests/support/network/applied-rollback.ts';
import {
  CERTIFIED_DAY,
  CERTIFIED_ENV,
  inChunks,
  LEDGER_FROM,
  operator,
  startCertifiedNetwork,
} from '#tests/support/certificates/certified-network.ts';
import type { CertifiedNetwork } from '#tests/support/certificates/certified-network.ts';

const DAY = CERTIFIED_DAY;
const FROM = LEDGER_FROM;

let network: CertifiedNetwork;
let app: CertifiedNetwork['app'];
let certificate: string;
let ledger: string;

beforeAll(async () => {
  network = await startCertifiedNetwork();
  ({ app, certificate, ledger } = network);
}, 300_000);

// One address may ask for 30 exports a minute.
beforeEach(() => app.deps.db.execute(sql`delete from rate_buckets`));
afterAll(() => app[Symbol.asyncDispose]());

const download = (address: string, key?: string) => network.download(address, key);

const verify = (file: string, exported: string) => verifyCertificate(file, inChunks(exported), [operator.key]);

/** A forger who has the operator's key: changes it, recalculates digest and link, and signs. */
const forge = (change: (file: CertificateFile) => CertificateFile, issued = certificate) =>
  signedCertificate(withDigests(change(JSON.parse(issued) as CertificateFile)), operator.sign);

/** The same for an export. */
const forgeLedger = (change: (lines: LedgerLine[]) => LedgerLine[]) => chainedLedger(change(ledgerLines(ledger)), operator.sign);

describe('a freshness certificate', () => {
  test('says what was placed, under which policy, with which repeat windows, and is proved by the ledger', async () => {
    const file = JSON.parse(certificate) as CertificateFile;
    expect(file).toMatchObject({ day: DAY, playlist: { index: 3, themeTag: 'Tide' }, policy: { name: 'Tide', version: 1 }, rolledBack: null });
    expect(file.ledger).toMatchObject({ since: addDays(DAY, -4), daysCovered: 5 });
    expect(file.entries).toHaveLength(12);
    expect(file.entries[0]).toMatchObject({ position: 1, recordingId: 7, placedBy: 'policy pin', firstDay: addDays(DAY, -4), lastDay: null });
    expect(file.entries.some((entry) => entry.firstDay < DAY && entry.lastDay === DAY)).toBe(true);
    const result = await verify(certificate, ledger);
    expect(result.outcome, result.says.join('\n')).toBe('proved');
    expect(result.says[0]).toBe(`“Tide” (playlist 3), ${DAY}: 12 recordings, in the same order as in the ledger.`);
    for (const index of [1, 2]) expect((await verify(await download(`/certificates/${index}/${DAY}.json`), ledger)).outcome).toBe('proved');
  });

  test('of an earlier day still holds after placements were extended', async () => {
    const earlier = await download(`/certificates/3/${addDays(DAY, -2)}.json`);
    expect((await verify(earlier, ledger)).outcome).toBe('proved');
  });

  test('with any byte changed is refused', { timeout: 300_000 }, async () => {
    for (let at = 0; at < certificate.length; at += 37) {
      const other = certificate[at] === '7' ? '8' : '7';
      const result = await verify(certificate.slice(0, at) + other + certificate.slice(at + 1), ledger);
      expect(result.outcome, `byte ${at}`).toBe('refused');
    }
    expect((await verify(certificate.replace('  "day"', '   "day"'), ledger)).outcome).toBe('refused');
  });

  test('is refused when any byte of the export was changed, or a line is missing', { timeout: 300_000 }, async () => {
    const step = Math.max(1, Math.floor(ledger.length / 150));
    for (let at = 0; at < ledger.length; at += step) {
      const other = ledger[at] === '7' ? '8' : '7';
      expect((await verify(certificate, ledger.slice(0, at) + other + ledger.slice(at + 1))).outcome, `byte ${at}`).toBe('refused');
    }
    const lines = ledger.split('\n');
    expect((await verify(certificate, lines.toSpliced(5, 1).join('\n'))).says).toEqual([expect.stringContaining('chain breaks at line 6')]);
    expect((await verify(certificate, lines.toSpliced(-3, 1).join('\n'))).says).toEqual([expect.stringContaining('lines are missing')]);
    expect((await verify(certificate, `${lines.slice(0, -2).join('\n')}\n`)).says).toEqual([expect.stringContaining('is truncated')]);
  });

  test('that was forged with a matching digest and seal is refused by the ledger: another entry, order or day', async () => {
    const swap = forge((file) => {
      const [first, second, ...rest] = file.entries;
      return { ...file, entries: first && second ? [{ ...second, position: 1 }, { ...first, position: 2 }, ...rest] : [] };
    });
    expect((await verify(swap, ledger)).says).toEqual([
      'The list in the ledger differs from the certificate.',
      expect.stringContaining('The chain of “Tide” does not match'),
    ]);
    const otherEntry = forge((file) => ({
      ...file,
      entries: file.entries.map((entry, at) => (at === 3 ? { ...entry, recordingId: 2_999 } : entry)),
    }));
    expect((await verify(otherEntry, ledger)).outcome).toBe('refused');
    const otherDay = forge((file) => ({ ...file, day: addDays(DAY, -1) }));
    expect((await verify(otherDay, ledger)).outcome).toBe('refused');
    const older = forge((file) => ({ ...file, entries: file.entries.map((entry) => ({ ...entry, firstDay: addDays(entry.firstDay, -1) })) }));
    expect((await verify(older, ledger)).outcome).toBe('refused');
  });

  test('is refused when a forged ledger lets a recording return too soon, by its placements or by the lists alone', async () => {
    const file = JSON.parse(certificate) as CertificateFile;
    const fresh = file.entries.find((entry) => entry.firstDay === DAY);
    const early = addDays(DAY, -3);
    const recording = fresh?.recordingId ?? 0;
    const stay: LedgerLine = {
      kind: 'stay',
      id: 999_999,
      playlist: file.playlist.id,
      recording,
      circle: 'network',
      firstDay: early,
      lastDay: early,
      restDays: 20,
    };
    const added = forgeLedger((lines) => [...lines.slice(0, 1), stay, ...lines.slice(1)]);
    expect((await verify(certificate, added)).says.join()).toContain(`another placement in the same scope began on ${early}`);
    const shown = forgeLedger((lines) =>
      lines.map((line) => {
        if (line.kind !== 'list' || line.day !== early || line.index !== 1) return line;
        return { ...line, entries: [[recording, fresh?.trackId ?? '', fresh?.placementId ?? 0], ...line.entries.slice(1)] };
      }),
    );
    expect((await verify(certificate, shown)).says.join()).toContain('without a placement that covers the day');
  });

  test('covers every earlier list: a past day that was rewritten, completely and consistently, is detected by a later certificate', async () => {
    const { says } = await verify(certificate, ledger);
    expect(says.join('\n')).toContain(`The chain is intact: none of the 5 lists since ${addDays(DAY, -4)} was changed.`);
    const rewritten = forgeLedger((lines) =>
      lines.map((line) => {
        if (line.kind !== 'list' || line.index !== 3 || line.day !== addDays(DAY, -4)) return line;
        return { ...line, entries: line.entries.toReversed() };
      }),
    );
    const result = await verify(certificate, rewritten);
    expect(result).toEqual({ outcome: 'refused', says: [expect.stringContaining('The chain of “Tide” does not match')] });
    const without = forgeLedger((lines) => lines.filter((line) => line.kind !== 'list' || line.index !== 3 || line.day === DAY));
    expect((await verify(certificate, without)).says.join()).toContain('The chain of “Tide” does not match');
  });

  test('links each day to the one before it, and leads to its own list', async () => {
    const before = JSON.parse(await download(`/certificates/3/${addDays(DAY, -1)}.json`)) as CertificateFile;
    const file = JSON.parse(certificate) as CertificateFile;
    expect(file.chain).toMatchObject({ since: addDays(DAY, -4), days: 5, previous: before.chain?.link });
    const unchained = signedCertificate({ ...file, chain: { ...file.chain, previous: '0'.repeat(64) } }, operator.sign);
    expect((await verify(unchained, ledger)).says.join()).toContain('The chain does not lead to this list');
  });

  test('that was issued before signing existed is told apart, with or without a chain', async () => {
    const file = JSON.parse(certificate) as CertificateFile;
    const { chain: _chain, ...oldest } = asUnsigned(file);
    for (const unsigned of [asUnsigned(file), { ...oldest, seal: sealOf(oldest) }]) {
      const { outcome, says } = await verify(certificateText(unsigned), ledger);
      expect(outcome, says.join('\n')).toBe('unsigned');
      expect(says[0]).toBe(
        'Sealed before signing existed: only its integrity hash can be checked. It matches, but anyone could have written this file.',
      );
      expect(says).toContain(`Only the ledger is signed, with key ${operator.key}.`);
      expect((await verify(certificateText({ ...unsigned, day: addDays(DAY, -1) }), ledger)).outcome).toBe('refused');
    }
  });

  test('needs an export that reaches back over its repeat windows, or to the beginning of the ledger', async () => {
    const short = await download(`/ledger.ndjson?from=${addDays(DAY, -2)}&to=${DAY}`, TEST_ADMIN_KEY);
    expect((await verify(certificate, short)).says).toEqual([expect.stringContaining('Export the ledger from that day')]);
    const since = await download(`/ledger.ndjson?from=${addDays(DAY, -4)}&to=${DAY}`, TEST_ADMIN_KEY);
    const result = await verify(certificate, since);
    expect(result.outcome).toBe('proved');
    expect(result.says.join()).toContain(`The ledger begins on ${addDays(DAY, -4)}`);
  });

  test('is about the list that was shown again when its day was rolled back, and states every repeat', async () => {
    const [day, shows] = [addDays(DAY, -1), addDays(DAY, -3)];
    const before = JSON.parse(await download(`/certificates/3/${shows}.json`)) as CertificateFile;
    const replaced = JSON.parse(await download(`/certificates/3/${day}.json`)) as CertificateFile;
    await insertAppliedRollback(app.deps.db, { index: 3, day, shows, reason: 'a wrong cover' });
    const issued = await download(`/certificates/3/${day}.json`);
    const file = JSON.parse(issued) as CertificateFile;
    expect(file).toMatchObject({
      day,
      listDay: shows,
      entries: before.entries,
      digest: before.digest,
      shown: { status: 'shown', listDay: shows, accounts: 1 },
    });
    expect(file.rolledBack).toEqual({ showsDay: shows, by: 'admin_key', at: `${day}T04:30:00.000Z`, reason: 'a wrong cover' });
    const stayed = new Set(replaced.entries.map(({ recordingId }) => recordingId));
    const repeated = before.entries.filter(({ recordingId }) => !stayed.has(recordingId)).map(({ position }) => position);
    expect(repeated.length).toBeGreaterThan(0);
    expect(file.repeats.map(({ position }) => position)).toEqual(repeated);
    const result = await verify(issued, ledger);
    expect(result.outcome, result.says.join('\n')).toBe('proved');
    const reduced = await verify(issued, network.publicLedger);
    expect(reduced.outcome, reduced.says.join('\n')).toBe('proved');
    expect(reduced.says.join()).toContain('Whether all repeats of the list that was shown again are stated needs the full export');
    expect(result.says).toContain(`${repeated.length} repeats: admin_key showed the list of ${shows} again on ${day} (a wrong cover).`);
    // A forger who leaves out what is not proved.
    for (const forged of [
      forge((one) => ({ ...one, repeats: [] }), issued),
      forge((one) => ({ ...one, repeats: one.repeats.slice(1) }), issued),
      forge((one) => ({ ...one, repeats: one.repeats.slice(0, -1) }), issued),
    ])
      expect((await verify(forged, ledger)).says.join()).toContain('and the certificate does not state it');
    expect(
      (
        await verify(
          forge((one) => ({ ...one, listDay: day }), issued),
          ledger,
        )
      ).outcome,
    ).toBe('refused');
  });

  test('is checked from the command line with the two files alone, and the exit code gives the result', { timeout: 300_000 }, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'segue-proof-'));
    try {
      const [good, bad, exported, keys] = ['good.json', 'bad.json', 'ledger.ndjson', 'keys.json'].map((name) => path.join(folder, name));
      writeFileSync(good ?? '', certificate);
      writeFileSync(bad ?? '', certificate.replace('"day": "2026-11-21"', '"day": "2026-11-20"'));
      writeFileSync(exported ?? '', ledger);
      const run = (file: string, ...key: string[]) =>
        promisify(execFile)(
          process.execPath,
          ['--import', 'tsx', 'server/commands/verify-certificate.ts', file, '--ledger', exported ?? '', ...key],
          {
            env: { PATH: '' },
          },
        );
      writeFileSync(keys ?? '', await download('/.well-known/segue-keys.json'));
      for (const key of [operator.key, operator.publicKey, keys ?? ''])
        expect((await run(good ?? '', '--key', key)).stdout).toMatch(
          new RegExp(`^PROVED\\n {2}“Tide” \\(playlist 3\\).*\\n {2}The certificate and the ledger are signed with key ${operator.key}\\.`),
        );
      await expect(run(good ?? '')).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('Name a key that you trust') });
      await expect(run(good ?? '', '--key', 'f'.repeat(64))).rejects.toMatchObject({
        code: 1,
        stdout: expect.stringContaining('not one of the keys you trust'),
      });
      await expect(run(good ?? '', '--key', 'none')).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('--key none is not') });
      await expect(run(bad ?? '', '--key', operator.key)).rejects.toMatchObject({ code: 1, stdout: expect.stringMatching(/^NOT PROVED\n/) });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is also proved by the ledger that the command line exports', { timeout: 300_000 }, async () => {
    const command = ['--import', 'tsx', 'server/commands/export-ledger.ts', '--from', FROM, '--to', DAY];
    const { stdout } = await promisify(execFile)(process.execPath, command, {
      env: { PATH: '', DATABASE_URL: app.databaseUrl, ...CERTIFIED_ENV },
      maxBuffer: 50_000_000,
    });
    expect(stdout.split('\n').length).toBe(ledger.split('\n').length);
    expect((await verify(certificate, stdout)).outcome).toBe('proved');
  });

  test('is public; the ledger is for the operator', async () => {
    expect((await fetch(`${app.baseUrl}/ledger.ndjson?from=${FROM}&to=${DAY}`)).status).toBe(401);
    expect((await fetch(`${app.baseUrl}/certificates/3/1999-01-01.json`)).status).toBe(404);
    expect((await fetch(`${app.baseUrl}/certificates/abc/tomorrow.json`)).status).toBe(404);
  });
});

test.for(['/ledger.ndjson', '/public-ledger.ndjson'])('%s answers days that it cannot use with 400 and the name of the field', async (address) => {
  const refused: readonly (readonly [string, string])[] = [
    [`from=${DAY}&to=${FROM}`, 'from'],
    [`to=${DAY}`, 'from'],
    [`from=${FROM}`, 'to'],
    [`from=0000-01-01&to=${DAY}`, 'from'],
    [`from=${FROM}&to=0000-12-31`, 'to'],
    [`from=1899-12-31&to=${DAY}`, 'from'],
    [`from=-1000-01-01&to=${DAY}`, 'from'],
    [`from=${FROM}&to=10000-01-01`, 'to'],
    [`from=${FROM}&to=9999-12-31`, 'to'],
    [`from=${FROM}&to=2026-02-30`, 'to'],
    [`from=${FROM}&to=2026-11-21T00:00:00Z`, 'to'],
    [`from=${FROM}&from=${FROM}&to=${DAY}`, 'from'],
    [`from[]=${FROM}&to=${DAY}`, 'from'],
    [`from=%00&to=${DAY}`, 'from'],
    [`from=${FROM}&to=2026-11-21%00`, 'to'],
    [`from=%ED%A0%80&to=${DAY}`, 'from'],
    [`from=infinity&to=${DAY}`, 'from'],
    [`from='; drop table placements; --&to=${DAY}`, 'from'],
    [`from=${FROM}&to=${DAY}&limit=1`, 'limit'],
    [`from=${FROM}&to=${DAY}&__proto__=1`, '__proto__'],
  ];
  for (const [query, field] of refused) {
    const answer = await fetch(`${app.baseUrl}${address}?${query}`, { headers: { 'x-admin-api-key': TEST_ADMIN_KEY } });
    expect(answer.status, query).toBe(400);
    expect(await answer.json(), query).toMatchObject({ error: { code: 'invalid_input', field, remedy: 'Use ?from=YYYY-MM-DD&to=YYYY-MM-DD.' } });
  }
  for (const query of [`from=1900-01-01&to=2199-12-31`, `from=2199-12-31&to=2199-12-31`, `from=1900-01-01&to=1900-01-01`])
    expect((await network.download(`${address}?${query}`, TEST_ADMIN_KEY)).trimEnd().split('\n').at(-1), query).toMatch(/^\{"kind":"end"/);
});

const count = (lines: readonly LedgerLine[], kind: string) => lines.filter((line) => line.kind === kind).length;

describe('the public ledger', () => {
  test('lets a listener verify a certificate without the operator', async () => {
    for (const index of [1, 2, 3]) {
      const file = await download(`/certificates/${index}/${DAY}.json`);
      const { outcome, says } = await verify(file, network.publicLedger);
      expect(outcome, says.join('\n')).toBe('proved');
      expect(says[1]).toBe(`The certificate and the ledger are signed with key ${operator.key}.`);
      expect(says.join()).toContain('whether earlier lists were changed needs the full export');
    }
    const unsigned = certificateText(asUnsigned(JSON.parse(certificate) as CertificateFile));
    expect(await verify(unsigned, network.publicLedger)).toMatchObject({
      outcome: 'refused',
      says: [expect.stringContaining('only be checked against the full export')],
    });
  });

  test('names no playlist, track or recording, and has every placement and list of the full one', () => {
    const file = JSON.parse(certificate) as CertificateFile;
    const full = ledgerLines(ledger);
    const reduced = ledgerLines(network.publicLedger);
    expect(count(reduced, 'public stay')).toBe(count(full, 'stay'));
    expect(count(reduced, 'public list')).toBe(count(full, 'list'));
    for (const name of [file.playlist.id, file.policy.id, file.policy.familyId, 'Tide', ...file.entries.map(({ trackId }) => trackId)])
      expect(network.publicLedger).not.toContain(name);
    const fields = new Set(reduced.slice(1).flatMap((line) => Object.keys(line)));
    expect([...fields].toSorted()).toEqual(['day', 'digest', 'firstDay', 'kind', 'lastDay', 'restDays']);
    // Trying all recordings without their salts finds none of them.
    const digests = new Set(reduced.flatMap((line) => (line.kind === 'public stay' ? [line.digest] : [])));
    for (let recordingId = 1; recordingId <= 3_000; recordingId += 1)
      for (const guess of [`network\t${recordingId}`, `\tnetwork\t${recordingId}`]) expect(digests.has(sha256(guess))).toBe(false);
    expect(new Set(file.entries.map(({ salt }) => salt)).size).toBe(file.entries.length);
  });

  test('refuses a repeat, a list that is not in it, and a wrong salt, even when the operator signs them', async () => {
    const file = JSON.parse(certificate) as CertificateFile;
    const fresh = file.entries.find((entry) => entry.firstDay === DAY && entry.lastDay === DAY);
    if (!fresh) throw new Error('No entry was placed on the day.');
    const digest = sha256(publicStayText({ salt: fresh.salt, circle: 'network', recordingId: fresh.recordingId }));
    const early = addDays(DAY, -3);
    const stay: LedgerLine = { kind: 'public stay', digest, firstDay: early, lastDay: early, restDays: 20 };
    const lines = ledgerLines(network.publicLedger);
    const attacks: readonly (readonly [string, string, RegExp])[] = [
      [certificate, chainedLedger(lines.toSpliced(1, 0, stay), operator.sign), /repeated within its repeat window/],
      [
        certificate,
        chainedLedger(
          lines.filter((line) => line.kind !== 'public stay' || line.digest !== digest),
          operator.sign,
        ),
        /has no placement of/,
      ],
      [
        certificate,
        chainedLedger(
          lines.filter((line) => line.kind !== 'public list' || line.day !== DAY),
          operator.sign,
        ),
        /does not have this list/,
      ],
      [certificate, chainedLedger([...lines, stay], operator.sign), /is out of order/],
      [certificate, chainedLedger([...lines.slice(0, 1), ...ledgerLines(ledger).slice(1)], operator.sign), /does not belong into a public ledger/],
      [
        forge((one) => ({ ...one, entries: one.entries.toReversed().map((entry, at) => ({ ...entry, position: at + 1 })) })),
        network.publicLedger,
        /does not have this list/,
      ],
      [forge((one) => ({ ...one, listSalt: '0'.repeat(64) })), network.publicLedger, /does not have this list/],
      [
        forge((one) => ({ ...one, entries: one.entries.map((entry) => ({ ...entry, salt: '0'.repeat(64) })) })),
        network.publicLedger,
        /has no placement of/,
      ],
    ];
    for (const [one, exported, says] of attacks) {
      const result = await verify(one, exported);
      expect(result.outcome, String(says)).toBe('refused');
      expect(result.says.join(' ')).toMatch(says);
    }
  });
});
