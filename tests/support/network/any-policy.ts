import { policyV1 } from '#shared/contracts/policies/policy.ts';
import type { LeafRule, Policy, Rule } from '#shared/contracts/policies/policy.ts';
import { CAMELOT_CODES } from '#shared/domain/catalog/camelot.ts';
import { DATE_FIELDS, FLAG_FIELDS, NUMBER_FIELDS, TEXT_FIELDS } from '#shared/domain/catalog/fields.ts';
import { ENERGY_ARCS } from '#shared/domain/policies/document-vocabulary.ts';
import { PROVENANCES } from '#shared/vocabulary.ts';
import fc from 'fast-check';

const whenUnknown = fc.constantFrom('exclude' as const, 'include' as const);
const hundredth = fc.integer({ min: -6_000, max: 30_000 }).map((n) => n / 100);
const word = fc.constantFrom('jazz', 'Neo Soul', 'drum & bass', 'Ænima', '“quoted”', 'a.b*c', '日本', 'x'.repeat(40), '__proto__', '<b>');
const words = fc.uniqueArray(word, { minLength: 1, maxLength: 4 });
const day = fc.integer({ min: 0, max: 20_000 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
const id = fc.stringMatching(/^[0-9A-Za-z]{22}$/);

const numberLeaf = fc
  .record({
    field: fc.constantFrom(...NUMBER_FIELDS),
    op: fc.constantFrom('gte', 'lte', 'eq', 'between'),
    low: hundredth,
    high: hundredth,
    whenUnknown,
  })
  .map(({ low, high, ...leaf }) => ({ ...leaf, value: leaf.op === 'between' ? [Math.min(low, high), Math.max(low, high)] : low }));
const dateLeaf = fc.oneof(
  fc.record({ field: fc.constantFrom(...DATE_FIELDS), op: fc.constantFrom('on_or_after', 'on_or_before'), value: day, whenUnknown }),
  fc.record({
    field: fc.constantFrom(...DATE_FIELDS),
    op: fc.constantFrom('within_days', 'older_than_days'),
    value: fc.integer({ min: 1, max: 36_500 }),
    whenUnknown,
  }),
);
const wordsLeaf = fc.oneof(
  fc.record({ field: fc.constantFrom(...TEXT_FIELDS), op: fc.constantFrom('equals', 'contains'), value: word, whenUnknown }),
  fc.record({ field: fc.constantFrom(...TEXT_FIELDS), op: fc.constant('one_of'), value: words, whenUnknown }),
  fc.record({ field: fc.constantFrom('genre', 'mood'), op: fc.constant('has'), value: word, whenUnknown }),
  fc.record({ field: fc.constantFrom('genre', 'mood'), op: fc.constantFrom('has_any', 'has_all'), value: words, whenUnknown }),
  fc.record({ field: fc.constant('camelot'), op: fc.constant('has'), value: fc.constantFrom(...CAMELOT_CODES), whenUnknown }),
);
const otherLeaf = fc.oneof(
  fc.record({ field: fc.constantFrom(...FLAG_FIELDS), op: fc.constant('is'), value: fc.boolean(), whenUnknown }),
  fc.record({ field: fc.constant('features_source'), op: fc.constant('is'), value: fc.constantFrom(...PROVENANCES), whenUnknown }),
);

/** A rule on any field with any operator that is valid for it. */
export const anyLeaf = fc.oneof(numberLeaf, dateLeaf, wordsLeaf, otherLeaf) as fc.Arbitrary<LeafRule>;

/** A tree of nested rules. */
export const anyTree: fc.Arbitrary<Rule> = fc.letrec<{ tree: Rule }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'any policy' },
    anyLeaf,
    fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
})).tree;

const weight = fc.integer({ min: 1, max: 400 }).map((n) => n / 4);
const preference = fc.oneof(
  fc.record({ field: fc.constantFrom(...NUMBER_FIELDS), toward: hundredth, spread: weight, weight }),
  fc.record({ field: fc.constantFrom('genre', 'mood', 'camelot'), has: fc.constantFrom('jazz', '8A'), weight }),
  fc.record({ field: fc.constant('release_date'), newest: fc.constant(true), weight }),
);
const reference = fc.oneof(
  fc.integer({ min: 1, max: 99_999 }).map((recordingId) => ({ recordingId })),
  fc.stringMatching(/^[A-Z]{2}[A-Z0-9]{3}[0-9]{7}$/).map((isrc) => ({ isrc })),
  id.map((trackId) => ({ trackId })),
);
const seed = fc.oneof(
  reference,
  id.map((artistId) => ({ artistId })),
  fc.integer({ min: 1, max: 999 }).map((playlistIndex) => ({ playlistIndex })),
);
const share = fc.integer({ min: 0, max: 100 }).map((n) => n / 100);
const group = fc.constantFrom('morning', 'noon', 'evening', 'night-2');

/** A policy document that fits the schema; optional parts are sometimes missing. It may contradict itself. */
export const anyDocument = fc.record(
  {
    version: fc.constant(1),
    pool: anyTree,
    prefer: fc.array(preference, { maxLength: 4 }),
    caps: fc.record({ perArtist: fc.integer({ min: 1, max: 500 }), perAlbum: fc.integer({ min: 1, max: 500 }) }),
    rest: fc.record({ days: fc.integer({ min: 0, max: 730 }), scope: fc.constantFrom('network', 'playlist', 'policy') }),
    size: fc.integer({ min: 1, max: 500 }),
    separation: fc.record({ artist: fc.integer({ min: 0, max: 50 }) }),
    duration: fc.record({ minutes: fc.integer({ min: 70, max: 1_440 }), tolerance: fc.integer({ min: 1, max: 60 }) }, { requiredKeys: ['minutes'] }),
    mix: fc.array(anyTree, { maxLength: 4 }).map((rules) => rules.map((rule, at) => ({ name: `Block ${at}`, rule, share: 100 / rules.length }))),
    flow: fc.record({ energy: fc.constantFrom(...ENERGY_ARCS), harmonic: share, tempo: share }, { requiredKeys: [] }),
    turnover: share,
    pins: fc.uniqueArray(fc.record({ recording: reference, position: fc.integer({ min: 1, max: 500 }) }, { requiredKeys: ['recording'] }), {
      maxLength: 4,
    }),
    bans: fc.record(
      { recordings: fc.array(reference, { maxLength: 3 }), artists: fc.array(id, { maxLength: 3 }), albums: fc.array(id, { maxLength: 3 }) },
      { requiredKeys: [] },
    ),
    exclusivity: fc.record({ group, yieldsTo: fc.uniqueArray(group, { maxLength: 3 }) }, { requiredKeys: [] }),
    variety: share,
    seed: fc.constantFrom('segue', 'another', 'ß'),
  },
  { requiredKeys: ['version', 'pool'] },
);

/** The same of version 2. */
export const anyListDocument = fc
  .tuple(
    anyDocument,
    fc.record(
      {
        songs: fc.record({ days: fc.integer({ min: 0, max: 30 }) }),
        artistDays: fc.integer({ min: 0, max: 14 }),
        seasonal: fc.constantFrom('in_season', 'always'),
        roles: fc.record(
          {
            opener: fc.array(preference, { maxLength: 2 }),
            closer: fc.array(preference, { maxLength: 2 }),
            peak: fc.array(preference, { maxLength: 2 }),
          },
          { requiredKeys: [] },
        ),
        goesWith: fc.record({ seeds: fc.array(seed, { maxLength: 3 }), avoid: fc.array(seed, { maxLength: 2 }), weight }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([document, more]) => ({ ...document, ...more, version: 2 }));

/** A document of version 1, parsed: all defaults filled in. */
export const anyPolicy: fc.Arbitrary<Policy> = anyDocument.map((document) => policyV1.parse(document));
