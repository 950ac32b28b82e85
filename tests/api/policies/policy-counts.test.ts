import type { LeafRule, Rule } from '#shared/contracts/policies/policy.ts';
import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyTree } from '#tests/support/network/any-policy.ts';
import { startTestApp } from '#tests/support/app.ts';
import type { TestApp } from '#tests/support/app.ts';

const TODAY = '2026-11-21';
const RECORDINGS = 400;
const WORDS = ['jazz', 'JAZZ hour', 'Neo Soul', 'drum & bass', 'Ænima', 'a “quoted” one', 'a.b*c', '日本', '<b>', ''];
const STEP = 30;

/** Recordings with missing values in every field that can lack one; numbers in steps that rules hit, words that rules test. */
async function fillCatalog({ deps: { db } }: TestApp): Promise<void> {
  const words = sql`${JSON.stringify(WORDS)}::jsonb`;
  const step = sql.raw(`case when random() < 0.75 then (${STEP} * (random() * 12 - 2)::int)::real end`);
  const run = (statement: SQL) => db.execute(statement);
  await run(sql`select setseed(0.3)`);
  await run(
    sql`insert into artists (id, name, source, fetched_at) select 'r' || n, ${words}->>(n % 10), 'spotify', now() from generate_series(0, 39) n`,
  );
  await run(
    sql`insert into albums (id, name, artist_names, total_tracks, source, fetched_at) select 'a' || n, ${words}->>(n % 10), '{}', 1, 'spotify', now() from generate_series(0, 39) n`,
  );
  await run(sql`insert into recordings (isrc, match_key, title, duration_ms, explicit, popularity, first_released_on, track_id, album_id, basis, confidence, ingested_on, merged_into)
    select case when random() < 0.5 then 'ISRC' || n end, 'k' || n, ${words}->>(random() * 9)::int, ${STEP} * (random() * 9)::int, case when random() < 0.7 then random() < 0.5 end,
      case when random() < 0.7 then ${STEP} * (random() * 3)::int end, case when random() < 0.7 then date '1970-01-01' + (random() * 20000)::int end, 't' || n, 'a' || n % 41, 'isrc', 1,
      date '2026-12-01' - (random() * 20000)::int, case when random() < 0.05 then 1 end from generate_series(1, ${RECORDINGS}) n`);
  await run(
    sql`insert into tracks (id, name, duration_ms, recording_id, source, fetched_at) select track_id, title, duration_ms, id, 'spotify', now() from recordings`,
  );
  await run(
    sql`insert into track_artists (track_id, position, artist_id) select 't' || n, p, 'r' || (n * 7 + p * 3) % 40 from generate_series(1, ${RECORDINGS}) n, generate_series(1, 3) p where random() < 0.6`,
  );
  await run(sql`insert into track_features (recording_id, danceability, energy, key, loudness, mode, speechiness, acousticness, instrumentalness, liveness, valence, tempo, time_signature, source, fetched_at)
    select id, ${step}, ${step}, case when random() < 0.8 then (random() * 12 - 1)::int end, ${step}, case when random() < 0.8 then (random())::int end, ${step}, ${step}, ${step}, ${step}, ${step}, ${step}, ${step},
      (array['spotify','reccobeats','user'])[1 + (random() * 2)::int]::provenance, now() from recordings where random() < 0.8`);
  for (const kind of ['genre', 'mood'])
    await run(
      sql`insert into track_tags (recording_id, kind, tag, source, fetched_at) select r.id, ${kind}::tag_kind, lower(w), s::provenance, now() from recordings r, unnest(array['jazz','Neo Soul','drum & bass','a.b*c']) w, unnest(array['musicbrainz','user']) s where random() < 0.2`,
    );
  // One row per recording with every field a rule can test, read with none of the product's own queries.
  await run(sql`create table facts as select r.*, f.*, f.source::text as told_by, array[r.title] as titles,
      array(select al.name from albums al where al.id = r.album_id) as album_names,
      array(select ar.name from track_artists ta join artists ar on ar.id = ta.artist_id where ta.track_id = r.track_id) as names,
      (select array_agg(tag) from track_tags t where t.recording_id = r.rid and kind = 'genre') as genres,
      (select array_agg(tag) from track_tags t where t.recording_id = r.rid and kind = 'mood') as moods
    from (select id as rid, isrc, title, duration_ms, explicit, popularity, first_released_on, ingested_on, track_id, album_id from recordings where merged_into is null) r
    left join track_features f on f.recording_id = r.rid`);
}

const folded = (text: string) => text.normalize('NFKC').toLowerCase().trim();
const textArray = (words: readonly string[]) =>
  sql`(select array_agg(value) from jsonb_array_elements_text(${JSON.stringify(words)}::jsonb))::text[]`;

/** A rule as a Postgres expression written from its definition: true, false, or null for unknown. */
function leafSql({ field, op, value }: LeafRule): SQL {
  const list = (Array.isArray(value) ? value : [value]).map(String);
  if (field === 'title') return textSql(sql`titles`, op, list);
  if (field === 'album') return textSql(sql`album_names`, op, list);
  if (field === 'artist') return textSql(sql`names`, op, list);
  if (field === 'genre' || field === 'mood') {
    const tags = field === 'genre' ? sql`genres` : sql`moods`;
    const words = textArray(list.map((word) => word.toLowerCase()));
    return op === 'has_all' ? sql`${tags} @> ${words}` : sql`${tags} && ${words}`;
  }
  // Hour 8 is C major and A minor, and each fifth up is an hour on.
  if (field === 'camelot')
    return sql`(case when key between 0 and 11 and mode in (0, 1) then ((case mode when 1 then key else key + 3 end) * 7 + 7) % 12 + 1 end) || (case mode when 1 then 'B' else 'A' end)
      = any(${textArray(list)})`;
  if (field === 'explicit') return sql`explicit = ${value}`;
  if (field === 'has_isrc') return sql`(isrc is not null) = ${value}`;
  if (field === 'features_source') return sql`told_by = ${value}::text`;
  if (field === 'release_date' || field === 'ingested_on')
    return dateSql(field === 'release_date' ? sql`first_released_on` : sql`ingested_on`, op, value);
  const [low, high] = (Array.isArray(value) ? value : [value, value]).map(Number);
  const number = numberSql(field);
  if (op === 'gte') return sql`${number} >= ${low}::real`;
  return op === 'lte' ? sql`${number} <= ${high}::real` : sql`${number} between ${low}::real and ${high}::real`;
}

function numberSql(field: string): SQL {
  if (field === 'popularity' || field === 'duration_ms') return sql`${sql.identifier(field)}::real`;
  if (field === 'release_year') return sql`extract(year from first_released_on)::real`;
  if (field === 'artist_count') return sql`cardinality(names)::real`;
  return sql`${sql.identifier(field)}::real`;
}

function dateSql(date: SQL, op: string, value: unknown): SQL {
  if (op === 'on_or_after') return sql`${date} >= ${value}::date`;
  if (op === 'on_or_before') return sql`${date} <= ${value}::date`;
  const since = sql`${TODAY}::date - ${value}::int`;
  return op === 'within_days' ? sql`${date} between ${since} and ${TODAY}::date` : sql`${date} < ${since}`;
}

/** Of several names one that matches is enough, and an empty name leaves the answer unknown; so does no name at all. */
function textSql(names: SQL, op: string, texts: readonly string[]): SQL {
  const matching = WORDS.filter((word) =>
    texts.some((one) => word !== '' && (op === 'contains' ? folded(word).includes(folded(one)) : folded(word) === folded(one))),
  );
  const matches = sql`${names} && ${textArray(matching)}`;
  return sql`(case when ${matches} then true when cardinality(${names}) = 0 or '' = any(${names}) then null else false end)`;
}

/** An unknown leaf counts as its `whenUnknown` says, adjusted for the "not"s around it. */
function ruleSql(rule: Rule, isNegated = false): SQL {
  if ('not' in rule) return sql`(not ${ruleSql(rule.not, !isNegated)})`;
  if ('all' in rule) return sql`(true ${sql.join(rule.all.map((part) => sql` and ${ruleSql(part, isNegated)}`))})`;
  if ('any' in rule) return sql`(false ${sql.join(rule.any.map((part) => sql` or ${ruleSql(part, isNegated)}`))})`;
  return sql`coalesce(${leafSql(rule)}, ${(rule.whenUnknown === 'include') !== isNegated}::boolean)`;
}

/** Every rule of a tree, groups included, outermost first, by its path. */
function rulesOf(rule: Rule, path = 'pool'): [string, Rule][] {
  if ('not' in rule) return [[path, rule], ...rulesOf(rule.not, `${path}.not`)];
  if ('all' in rule) return [[path, rule], ...rule.all.flatMap((part, at) => rulesOf(part, `${path}.all.${at}`))];
  if ('any' in rule) return [[path, rule], ...rule.any.flatMap((part, at) => rulesOf(part, `${path}.any.${at}`))];
  return [[path, rule]];
}

const roundToStep = (value: unknown) => STEP * Math.round(Number(value) / STEP);

/** The same tree with numbers that the catalog has. */
function roundToSteps(rule: Rule): Rule {
  if ('not' in rule) return { not: roundToSteps(rule.not) };
  if ('all' in rule) return { all: rule.all.map(roundToSteps) };
  if ('any' in rule) return { any: rule.any.map(roundToSteps) };
  if (!['gte', 'lte', 'eq', 'between'].includes(rule.op) || ['key', 'mode', 'artist_count', 'release_year'].includes(rule.field)) return rule;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a number rule stays a number rule
  return { ...rule, value: Array.isArray(rule.value) ? rule.value.map(roundToStep) : roundToStep(rule.value) } as Rule;
}

test('the live count of every rule equals what Postgres counts, for any tree over any field', { timeout: 240_000 }, async () => {
  await using app = await startTestApp({ at: `${TODAY}T12:00:00Z` });
  await fillCatalog(app);
  let distinguishing = 0;
  const twelveTrees = fc.array(anyTree.map(roundToSteps), { minLength: 12, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(twelveTrees, async (any) => {
      const { problems, counts } = await app.admin.playlistAdmin.policies.check({ body: { version: 1, pool: { any } } });
      // Trees that contradict themselves are refused before anything is counted.
      fc.pre(problems.length === 0);
      const rules = rulesOf({ any });
      const filters = rules.map(([, rule], at) => sql`count(*) filter (where ${ruleSql(rule)})::int as ${sql.identifier(`r${at}`)}`);
      const { rows } = await app.deps.db.execute<Record<string, number>>(sql`select ${sql.join(filters, sql`, `)} from facts`);
      expect(counts.map(({ path, admits }) => [path, admits])).toEqual(rules.map(([path], at) => [path, rows[0]?.[`r${at}`]]));
      distinguishing += counts.filter(({ admits }) => admits > 0 && admits < RECORDINGS * 0.9).length;
    }),
    { numRuns: 6, seed: 11, endOnFailure: true },
  );
  // The rules do distinguish recordings: many admit neither none nor all.
  expect(distinguishing).toBeGreaterThan(100);
});
