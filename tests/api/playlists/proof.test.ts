import { verifyCertificate } from '#server/commands/certificate/verify-certificate.ts';
import { SYSTEM } from '#server/actor.ts';
import { curatePlaylists } from '#server/use-cases/curation/curate-playlists.ts';
import { createPlaylists } from '#server/use-cases/playlists/create-playlists.ts';
import { provePolicy } from '#server/use-cases/curation/feasibility/prove-policy.ts';
import { createPolicy } from '#server/use-cases/policies/create-policy.ts';
import type { CertificateFile } from '#shared/contracts/playlists/certificate.ts';
import { addDays } from '#shared/domain/calendar.ts';
import { certificateText, chainedListText, entriesText, linkText, listDayOf, sealedText } from '#shared/domain/playlists/certificate.ts';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, TEST_ADMIN_KEY } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';
import { insertAppliedRollback } from '#tests/support/network/applied-rollback.ts';
import { fillLargeNetwork } from '#tests/support/network/large-network.ts';

const DAY = '2026-11-21';
const FROM = '2026-10-01';
const never = new AbortController().signal;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

let app: TestApp;
let certificate: string;
let ledger: string;

/** Three playlists of one conflict group over five days, one with turnover and a pin. */
beforeAll(async () => {
  app = await startTestApp({ at: `${DAY}T05:00:00Z`, http: true });
  await fillLargeNetwork(app.databaseUrl, { recordings: 3_000, playlists: 0, policies: 0, historyDays: 0, today: DAY });
  const all = { version: 1, pool: { all: [] }, rest: { days: 20, scope: 'network' } } as const;
  const staying = { ...all, size: 12, turnover: 0.5, pins: [{ recording: { recordingId: 7 }, position: 1 }] };
  for (const [name, body, count] of [
    ['Harbour', { ...all, size: 15 }, 2],
    ['Tide', staying, 1],
  ] as const) {
    const { id } = await createPolicy({ ...app.deps, provePolicy }, SYSTEM, { name, body });
    await createPlaylists(app.deps, SYSTEM, { themeTag: name, policyId: id, count });
  }
  for (let back = 4; back >= 0; back -= 1) await curatePlaylists(app.deps, { day: addDays(DAY, -back), trigger: 'test', signal: never });
  certificate = await download(`/certificates/3/${DAY}.json`);
  ledger = await download(`/ledger.ndjson?from=${FROM}&to=${DAY}`, TEST_ADMIN_KEY);
}, 300_000);

afterAll(() => app[Symbol.asyncDispose]());

async function download(address: string, key?: string): Promise<string> {
  const answer = await fetch(`${app.baseUrl}${address}`, { headers: key === undefined ? {} : { 'x-admin-api-key': key } });
  expect(answer.status).toBe(200);
  return answer.text();
}

async function* inChunks(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
}

const verify = (file: string, exported: string) => verifyCertificate(file, inChunks(exported));

/** A forger who knows the certificate format: changes it and recalculates digest, link and seal. */
function forge(change: (file: CertificateFile) => CertificateFile, issued = certificate): string {
  const changed = change(JSON.parse(issued) as CertificateFile);
  const { chain, entries } = changed;
  const day = listDayOf(changed);
  const link = sha256(linkText({ previous: chain?.previous ?? null, day, list: sha256(chainedListText(entries)) }));
  const digested = { ...changed, digest: sha256(entriesText(entries)), ...(chain ? { chain: { ...chain, link } } : {}) };
  return certificateText({ ...digested, seal: sha256(sealedText(digested)) });
}

/** The same for an export: lines changed, end recalculated. */
function forgeLedger(change: (lines: string[]) => string[]): string {
  const lines = change(ledger.trimEnd().split('\n').slice(0, -1)).map((line) => `${line}\n`);
  return `${lines.join('')}${JSON.stringify({ kind: 'end', lines: lines.length, sha256: sha256(lines.join('')) })}\n`;
}

describe('a freshness certificate', () => {
  test('says what was placed, under which policy, with which repeat windows, and is proved by the ledger', async () => {
    const file = JSON.parse(certificate) as CertificateFile;
    expect(file).toMatchObject({ day: DAY, playlist: { index: 3, themeTag: 'Tide' }, policy: { name: 'Tide', version: 1 }, rolledBack: null });
    expect(file.ledger).toMatchObject({ since: addDays(DAY, -4), daysCovered: 5 });
    expect(file.entries).toHaveLength(12);
    expect(file.entries[0]).toMatchObject({ position: 1, recordingId: 7, placedBy: 'policy pin', firstDay: addDays(DAY, -4), lastDay: null });
    expect(file.entries.some((entry) => entry.firstDay < DAY && entry.lastDay === DAY)).toBe(true);
    const result = await verify(certificate, ledger);
    expect(result.isProved, result.says.join('\n')).toBe(true);
    expect(result.says[0]).toBe(`“Tide” (playlist 3), ${DAY}: 12 recordings, in the same order as in the ledger.`);
    for (const index of [1, 2]) expect((await verify(await download(`/certificates/${index}/${DAY}.json`), ledger)).isProved).toBe(true);
  });

  test('of an earlier day still holds after placements were extended', async () => {
    const earlier = await download(`/certificates/3/${addDays(DAY, -2)}.json`);
    expect((await verify(earlier, ledger)).isProved).toBe(true);
  });

  test('with any byte changed is refused', { timeout: 300_000 }, async () => {
    for (let at = 0; at < certificate.length; at += 37) {
      const other = certificate[at] === '7' ? '8' : '7';
      const result = await verify(certificate.slice(0, at) + other + certificate.slice(at + 1), ledger);
      expect(result.isProved, `byte ${at}`).toBe(false);
    }
    expect((await verify(certificate.replace('  "day"', '   "day"'), ledger)).isProved).toBe(false);
  });

  test('is refused when any byte of the export was changed, or a line is missing', { timeout: 300_000 }, async () => {
    const step = Math.max(1, Math.floor(ledger.length / 150));
    for (let at = 0; at < ledger.length; at += step) {
      const other = ledger[at] === '7' ? '8' : '7';
      expect((await verify(certificate, ledger.slice(0, at) + other + ledger.slice(at + 1))).isProved, `byte ${at}`).toBe(false);
    }
    const lines = ledger.split('\n');
    expect((await verify(certificate, lines.toSpliced(5, 1).join('\n'))).says).toEqual([expect.stringContaining('lines are missing')]);
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
    expect((await verify(otherEntry, ledger)).isProved).toBe(false);
    const otherDay = forge((file) => ({ ...file, day: addDays(DAY, -1) }));
    expect((await verify(otherDay, ledger)).isProved).toBe(false);
    const older = forge((file) => ({ ...file, entries: file.entries.map((entry) => ({ ...entry, firstDay: addDays(entry.firstDay, -1) })) }));
    expect((await verify(older, ledger)).isProved).toBe(false);
  });

  test('is refused when a forged ledger lets a recording return too soon, by its placements or by the lists alone', async () => {
    const file = JSON.parse(certificate) as CertificateFile;
    const fresh = file.entries.find((entry) => entry.firstDay === DAY);
    const early = addDays(DAY, -3);
    const stay = {
      kind: 'stay',
      id: 999_999,
      playlist: file.playlist.id,
      recording: fresh?.recordingId,
      circle: 'network',
      firstDay: early,
      lastDay: early,
      restDays: 20,
    };
    const added = forgeLedger((lines) => [...lines.slice(0, 1), JSON.stringify(stay), ...lines.slice(1)]);
    expect((await verify(certificate, added)).says.join()).toContain(`another placement in the same scope began on ${early}`);
    const shown = forgeLedger((lines) =>
      lines.map((line) => {
        const list = JSON.parse(line) as { kind: string; day: string; index: number; entries: unknown[] };
        if (list.kind !== 'list' || list.day !== early || list.index !== 1) return line;
        return JSON.stringify({ ...list, entries: [[fresh?.recordingId, fresh?.trackId, fresh?.placementId], ...list.entries.slice(1)] });
      }),
    );
    expect((await verify(certificate, shown)).says.join()).toContain('without a placement that covers the day');
  });

  test('covers every earlier list: a past day that was rewritten, completely and consistently, is detected by a later certificate', async () => {
    const { says } = await verify(certificate, ledger);
    expect(says.join('\n')).toContain(`The chain is intact: none of the 5 lists since ${addDays(DAY, -4)} was changed.`);
    const rewritten = forgeLedger((lines) =>
      lines.map((text) => {
        const line = JSON.parse(text) as { kind: string; index?: number; day?: string; entries?: [number, string, number][] };
        if (line.kind !== 'list' || line.index !== 3 || line.day !== addDays(DAY, -4)) return text;
        return JSON.stringify({ ...line, entries: (line.entries ?? []).toReversed() });
      }),
    );
    const result = await verify(certificate, rewritten);
    expect(result).toEqual({ isProved: false, says: [expect.stringContaining('The chain of “Tide” does not match')] });
    const without = forgeLedger((lines) =>
      lines.filter((text) => !text.includes('"kind":"list"') || !text.includes('"index":3') || text.includes(`"day":"${DAY}"`)),
    );
    expect((await verify(certificate, without)).says.join()).toContain('The chain of “Tide” does not match');
  });

  test('links each day to the one before it, and leads to its own list', async () => {
    const before = JSON.parse(await download(`/certificates/3/${addDays(DAY, -1)}.json`)) as CertificateFile;
    const file = JSON.parse(certificate) as CertificateFile;
    expect(file.chain).toMatchObject({ since: addDays(DAY, -4), days: 5, previous: before.chain?.link });
    const changed = { ...file, ...(file.chain ? { chain: { ...file.chain, previous: '0'.repeat(64) } } : {}) };
    const unchained = certificateText({ ...changed, seal: sha256(sealedText(changed)) });
    expect((await verify(unchained, ledger)).says.join()).toContain('The chain does not lead to this list');
  });

  test('that was issued before there was a chain is proved as before', async () => {
    const older = forge(({ chain: _chain, ...one }) => one);
    expect(await verify(older, ledger)).toMatchObject({ isProved: true });
  });

  test('needs an export that reaches back over its repeat windows, or to the beginning of the ledger', async () => {
    const short = await download(`/ledger.ndjson?from=${addDays(DAY, -2)}&to=${DAY}`, TEST_ADMIN_KEY);
    expect((await verify(certificate, short)).says).toEqual([expect.stringContaining('Export the ledger from that day')]);
    const since = await download(`/ledger.ndjson?from=${addDays(DAY, -4)}&to=${DAY}`, TEST_ADMIN_KEY);
    const result = await verify(certificate, since);
    expect(result.isProved).toBe(true);
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
    expect(file.repeats?.map(({ position }) => position)).toEqual(repeated);
    const result = await verify(issued, ledger);
    expect(result.isProved, result.says.join('\n')).toBe(true);
    expect(result.says).toContain(`${repeated.length} repeats: admin_key showed the list of ${shows} again on ${day} (a wrong cover).`);
    // A forger who leaves out what is not proved.
    for (const forged of [
      forge((one) => ({ ...one, repeats: [] }), issued),
      forge((one) => ({ ...one, repeats: one.repeats?.slice(1) }), issued),
      forge(({ repeats: _repeats, ...one }) => one, issued),
    ])
      expect((await verify(forged, ledger)).says.join()).toContain('and the certificate does not state it');
    expect(
      (
        await verify(
          forge((one) => ({ ...one, listDay: day }), issued),
          ledger,
        )
      ).isProved,
    ).toBe(false);
  });

  test('is checked from the command line with the two files alone, and the exit code gives the result', { timeout: 300_000 }, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'segue-proof-'));
    try {
      const [good, bad, exported] = ['good.json', 'bad.json', 'ledger.ndjson'].map((name) => path.join(folder, name));
      writeFileSync(good ?? '', certificate);
      writeFileSync(bad ?? '', certificate.replace('"day": "2026-11-21"', '"day": "2026-11-20"'));
      writeFileSync(exported ?? '', ledger);
      const run = (file: string) =>
        promisify(execFile)(process.execPath, ['--import', 'tsx', 'server/commands/verify-certificate.ts', file, '--ledger', exported ?? ''], {
          env: { PATH: '' },
        });
      expect((await run(good ?? '')).stdout).toMatch(/^PROVED\n {2}“Tide” \(playlist 3\)/);
      await expect(run(bad ?? '')).rejects.toMatchObject({ code: 1, stdout: expect.stringMatching(/^NOT PROVED\n/) });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('is also proved by the ledger that the command line exports', { timeout: 300_000 }, async () => {
    const command = ['--import', 'tsx', 'server/commands/export-ledger.ts', '--from', FROM, '--to', DAY];
    const { stdout } = await promisify(execFile)(process.execPath, command, {
      env: { PATH: '', DATABASE_URL: app.databaseUrl },
      maxBuffer: 50_000_000,
    });
    expect(stdout.split('\n').length).toBe(ledger.split('\n').length);
    expect((await verify(certificate, stdout)).isProved).toBe(true);
  });

  test('is public; the ledger is for the operator, and explains an invalid query', async () => {
    expect((await fetch(`${app.baseUrl}/ledger.ndjson?from=${FROM}&to=${DAY}`)).status).toBe(401);
    const headers = { 'x-admin-api-key': TEST_ADMIN_KEY };
    expect((await fetch(`${app.baseUrl}/ledger.ndjson?from=${DAY}&to=${FROM}`, { headers })).status).toBe(400);
    expect((await fetch(`${app.baseUrl}/certificates/3/1999-01-01.json`)).status).toBe(404);
    expect((await fetch(`${app.baseUrl}/certificates/abc/tomorrow.json`)).status).toBe(404);
  });
});
