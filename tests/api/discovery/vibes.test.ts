import { getCachedCatalog } from '#server/use-cases/catalog/cached-catalog.ts';
import { readVibe } from '#server/use-cases/discovery/vibes/read-vibe.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openVibes } from '#tests/support/vibes/vibe-app.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const answer = (spec: unknown) => ({
  status: 200,
  body: { candidates: [{ content: { role: 'model', parts: [{ text: JSON.stringify(spec) }] }, finishReason: 'STOP' }], usageMetadata: {} },
});

let app: Awaited<ReturnType<typeof openVibes>>;
beforeAll(async () => {
  app = await openVibes({ hasModel: false });
});
afterAll(() => app[Symbol.asyncDispose]());

describe('a playlist from a sentence', () => {
  test('without a key for a model our lexicon reads it: chips, explained tracks, the same list for the same seed', async () => {
    const made = await app.generate({ sentence: '20 calm jazz or soul tracks, no explicit ones', seed: 'a' });
    expect([made.readBy, made.fallback, made.tracks.length]).toEqual(['lexicon', null, 20]);
    expect(made.spec).toMatchObject({ genres: ['jazz', 'soul'], tracks: 20, explicit: false });
    expect(made.chips.map(({ label }) => label)).toEqual(['jazz, soul', expect.stringMatching(/^Energy 0\.00–/), 'Not explicit', '20 tracks']);
    for (const { explicit, energy, why } of made.tracks) {
      expect(explicit).toBe(false);
      expect(energy).toBeLessThanOrEqual(made.spec.energy![1]);
      expect(why.length).toBeGreaterThan(10);
    }
    const firsts = made.tracks.map(({ artists }) => artists[0]);
    expect(Math.max(...firsts.map((name) => firsts.filter((other) => other === name).length))).toBeLessThanOrEqual(2);
    const again = await app.generate({ sentence: '20 calm jazz or soul tracks, no explicit ones', seed: 'a' });
    expect(again).toEqual(made);
  });

  test('a chip can be changed, and a follow-up edits the chips', async () => {
    const { spec } = await app.generate({ sentence: 'energetic rock' });
    const chips = await app.generate({ spec: { ...spec, tracks: 12 } });
    expect([chips.readBy, chips.tracks.length]).toEqual(['chips', 12]);
    const calmer = await app.generate({ spec: chips.spec, sentence: 'less upbeat' });
    expect(calmer.spec.energy![0]).toBeLessThan(spec.energy![0]);
    expect(calmer.spec.tracks).toBe(12);
  });

  test('minutes, order and only some artists', async () => {
    const made = await app.generate({ sentence: '45 minutes of pop, start calm and end wild' });
    const minutes = made.tracks.reduce((sum, { durationMs }) => sum + durationMs, 0) / 60_000;
    expect(Math.abs(minutes - 45)).toBeLessThanOrEqual(2);
    const energies = made.tracks.flatMap(({ energy }) => energy ?? []);
    const half = Math.floor(energies.length / 2);
    expect(mean(energies.slice(half))).toBeGreaterThan(mean(energies.slice(0, half)));
    const only = await app.generate({ sentence: 'songs by Air or Queen' });
    expect(only.tracks.length).toBeGreaterThan(0);
    expect(only.tracks.every(({ artists }) => artists.some((name) => ['Air', 'Queen'].includes(name)))).toBe(true);
  });

  test('what is not in the catalog is said and not replaced', async () => {
    const { tracks, notices } = await app.generate({ sentence: 'songs by Nobody Special' });
    expect(tracks).toEqual([]);
    expect(notices.map(({ text }) => text)).toEqual([
      'Nobody Special is not in the catalog.',
      'No track matches. Remove a chip, or use other words.',
    ]);
    const polka = await app.generate({ sentence: 'polka' });
    expect([polka.tracks, polka.notices[0]?.text]).toEqual([[], 'No recording in the catalog has the genre polka.']);
  });

  test('what the listener dislikes is left out, also when a sentence asks for it, and the list says so', async () => {
    const { dislikes } = app.listener.discovery;
    const before = await app.generate({ sentence: '20 jazz tracks' });
    const [first] = before.tracks;
    const air = { kind: 'artist', artistId: 'r'.padEnd(21, '0') + '2' } as const;
    await dislikes.add({ kind: 'recording', recordingId: first!.recordingId });
    await dislikes.add(air);
    const after = await app.generate({ sentence: '20 jazz tracks' });
    expect(after.tracks).toHaveLength(20);
    expect(after.tracks.map(({ recordingId }) => recordingId)).not.toContain(first!.recordingId);
    const only = await app.generate({ sentence: 'songs by Air or Queen' });
    expect(new Set(only.tracks.flatMap(({ artists }) => artists))).not.toContain('Air');
    expect(only.tracks.length).toBeGreaterThan(0);
    expect(only.notices.map(({ text }) => text).join()).toMatch(/recordings were left out because you dislike them/);
    await dislikes.remove(air);
    await dislikes.remove({ kind: 'recording', recordingId: first!.recordingId });
    expect(await app.generate({ sentence: '20 jazz tracks' })).toEqual(before);
  });

  test('too few matches relax soft fields in the stated order, and the list says so', async () => {
    const { notices, tracks } = await app.generate({
      spec: { genres: ['salsa'], popularity: 'hits', valence: [0.97, 1], energy: [0.97, 1], explicit: false, report: [], conflict: [] },
    });
    const relaxed = notices.filter(({ kind }) => kind === 'relaxed').map(({ text }) => text.split(':')[0]);
    expect(relaxed).toEqual(['Popularity', 'Mood (valence)', 'Energy'].slice(0, relaxed.length));
    expect(relaxed.length).toBeGreaterThan(1);
    expect(tracks.length).toBeGreaterThanOrEqual(10);
    expect(tracks.every(({ explicit }) => explicit === false)).toBe(true);
  });

  test('five thousand words are cut and said; an empty sentence and a stranger are refused', async () => {
    expect(await app.generate({ sentence: `calm jazz ${'word '.repeat(5_000)}` })).toMatchObject({ isCut: true, spec: { genres: ['jazz'] } });
    await expect(app.generate({ sentence: '  ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(app.generate({ sentence: 'x'.repeat(40_001) })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(app.as({ kind: 'anonymous' }).discovery.generate({ sentence: 'jazz' })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });
});

describe('a vibe as the draft of a policy', () => {
  test('passes feasibility and can be saved, or shows which rules conflict', async () => {
    const { spec } = await app.generate({ sentence: 'danceable music, nothing explicit' });
    const draft = await app.admin.discovery.draftPolicy({ spec, sentence: 'danceable music, nothing explicit' });
    expect(draft).toMatchObject({ name: 'danceable music, nothing explicit', body: { version: 2, rest: { days: 30, scope: 'network' } } });
    const check = await app.admin.playlistAdmin.policies.check({ body: draft.body, feasibility: false });
    expect(check.problems).toEqual([]);
    const narrow = await app.generate({ sentence: 'calm salsa of 1969, 50 songs' });
    const conflict = await app.admin.discovery.draftPolicy({ spec: narrow.spec, sentence: '' });
    expect(conflict).toMatchObject({ name: 'Vibe', feasibility: { kind: 'infeasible' } });
    if (conflict.feasibility?.kind === 'infeasible') expect(conflict.feasibility.conflict.length).toBeGreaterThan(0);
  });

  test('is for the operator', async () => {
    await expect(app.as({ kind: 'anonymous' }).discovery.draftPolicy({ spec: { report: [], conflict: [] } })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
    });
  });
});

describe('with a text model', () => {
  test('its answer is used when it is in the agreed form, cached, and freed of what the sentence does not name', async () => {
    gemini().failNext(answer({ genres: ['jazz', 'Blue Amber'], energy: { from: 0, to: 30 }, seeds: ['Miles Davis', 'Queen'], track_count: 15 }));
    const before = gemini().requests().length;
    const made = await away.generate({ sentence: 'Something like Miles Davis' });
    expect(made).toMatchObject({ readBy: 'gemini-3.8-flash', fallback: null, spec: { genres: ['jazz'], seeds: ['Miles Davis'], tracks: 15 } });
    expect(made.tracks).toHaveLength(15);
    await away.generate({ sentence: 'something like miles davis' });
    expect(gemini().requests()).toHaveLength(before + 1);
  });

  test('the model of the sandbox reads a sentence much as the lexicon does', async () => {
    const made = await away.generate({ sentence: 'Calm jazz or 60s and 80s soul like Miles Davis, 30 minutes, no rap' });
    expect(made).toMatchObject({
      readBy: 'gemini-3.8-flash',
      spec: {
        genres: ['jazz', 'soul'],
        years_any: [
          [1960, 1969],
          [1980, 1989],
        ],
        seeds: ['Miles Davis'],
        minutes: 30,
        not_genres: ['rap', 'hip hop'],
      },
    });
    expect(made.spec.energy?.[1]).toBeLessThan(0.5);
  });

  test.each([
    ['an answer out of schema', answer({ songs: ['Kind of Blue'] })],
    ['an answer with tracks', answer({ genres: ['jazz'], tracks: [{ title: 'So What', artist: 'Miles Davis' }] })],
    ['a range upside down', answer({ energy: { from: 90, to: 10 } })],
    ['an answer that is no JSON', { plays: 'bad_json' }],
    ['a refusal', { plays: 'text_filtered' }],
    ['an exhausted quota', { plays: 'daily_quota', times: 20 }],
    ['a closed connection', { cut: true, times: 20 }],
  ])('%s: our lexicon reads the sentence instead, and the list says so', async (_, fault) => {
    gemini().failNext(fault);
    const { catalog } = await getCachedCatalog(away.deps, { texts: true });
    const read = await readVibe(away.deps, catalog, { sentence: `calm jazz, ${_}`, patienceMs: 8_000 });
    expect(read).toMatchObject({ readBy: 'lexicon', spec: { genres: ['jazz'] } });
    expect(read.fallback).toMatch(/^The text model/);
    gemini().clearFaults();
  });

  test('a model that does not answer is not waited for', async () => {
    gemini().failNext({ delayMs: 3_000 });
    const { catalog } = await getCachedCatalog(away.deps, { texts: true });
    const read = await readVibe(away.deps, catalog, { sentence: 'calm jazz, never answered', patienceMs: 60 });
    expect([read.readBy, read.spec.genres]).toEqual(['lexicon', ['jazz']]);
    expect(read.fallback).toMatch(/^The text model/);
  });

  let away: Awaited<ReturnType<typeof openVibes>>;
  const gemini = () => away.sandbox.gemini;
  beforeAll(async () => {
    away = await openVibes({ hasModel: true });
  });
  afterAll(() => away[Symbol.asyncDispose]());
});
