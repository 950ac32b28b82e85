import { getCachedCatalog } from '#server/use-cases/catalog/cached-catalog.ts';
import { foldText } from '#shared/domain/catalog/text-match.ts';
import { sql } from 'drizzle-orm';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { brokenWishes } from '#tests/support/vibes/hard-wishes.ts';
import { openVibes } from '#tests/support/vibes/vibe-app.ts';
import { readPrompts } from '#tests/support/vibes/score-spec.ts';

interface HardPrompt {
  readonly lang: string;
  readonly prompt: string;
  /** What a person must be shown, besides the tracks. */
  readonly shown: readonly string[];
}

const HARD = readFileSync('tests/fixtures/vibes/hard-prompts.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as HardPrompt);
const OWN: readonly HardPrompt[] = readPrompts('tests/fixtures/vibes/own-prompts.jsonl').map(({ lang, prompt }) => ({ lang, prompt, shown: [] }));

test('200 sentences in ten languages, with contradictions: no invented track, every hard wish holds or is told, every unhonored wish is shown', async () => {
  await using app = await openVibes({ hasModel: false });
  const { rows } = await app.deps.db.execute<{ id: number; title: string }>(sql`select id, title from recordings`);
  const titles = new Map(rows.map(({ id, title }) => [id, title]));
  const { catalog, rowOf } = await getCachedCatalog(app.deps, { texts: true });
  const sentences = [...OWN, ...HARD];
  expect([sentences.length, new Set(sentences.map(({ lang }) => lang)).size]).toEqual([200, 10]);
  const faults: string[] = [];
  let filled = 0;
  for (const { prompt, shown } of sentences) {
    const { spec, tracks, notices, chips, questions } = await app.generate({ sentence: prompt });
    for (const { recordingId, title, why } of tracks) if (titles.get(recordingId) !== title || why === '') faults.push(`${prompt}: ${title}`);
    if (new Set(tracks.map(({ recordingId }) => recordingId)).size !== tracks.length) faults.push(`${prompt}: a track twice`);
    const relaxed = notices.some(({ kind, text }) => kind === 'relaxed' && text.startsWith('Years')) ? (['years'] as const) : [];
    const entries = tracks.map(({ recordingId }) => ({ recordingId, row: rowOf[recordingId] ?? -1 }));
    faults.push(...brokenWishes(catalog, spec, { entries: entries as never, relaxed }).map((fault) => `${prompt}: ${fault}`));
    const told = foldText([...notices.map(({ text }) => text), ...chips.map(({ label }) => label), ...questions].join(' '));
    faults.push(...shown.filter((word) => !told.includes(foldText(word))).map((word) => `${prompt}: “${word}” is not shown`));
    if (notices.filter(({ kind }) => kind === 'unhonored').length < spec.report.length) faults.push(`${prompt}: a report is missing`);
    if (tracks.length === 0 && !notices.some(({ kind }) => kind === 'note')) faults.push(`${prompt}: no reason for an empty list`);
    if (tracks.length >= 10) filled += 1;
  }
  expect(faults).toEqual([]);
  expect(filled).toBeGreaterThan(100);
});
