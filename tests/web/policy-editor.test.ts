import { DEMO_PLAYLISTS } from '#server/use-cases/demo/demo-network.ts';
import { policyV1, policyV2 } from '#shared/contracts/policies/policy.ts';
import type { LeafRule, Policy, Rule } from '#shared/contracts/policies/policy.ts';
import { parsePolicy } from '#shared/domain/policies/policy-document.ts';
import { mixingSteps } from '#web/features/policies/rules/camelot.ts';
import { recordEdit, redo, startHistory, undo } from '#web/features/policies/editor/edit-history.ts';
import { parseJson } from '#web/features/policies/json/json-parser.ts';
import { EMPTY_LIST_POLICY, EMPTY_POLICY } from '#shared/domain/policies/empty-policy.ts';
import { POLICY_TEMPLATES } from '#shared/domain/policies/policy-templates.ts';
import { printJson } from '#web/features/policies/json/json-printer.ts';
import { readDocument } from '#web/features/policies/json/document-reader.ts';
import { FIELD_GROUPS, kindOfField, defaultLeaf, withOperator } from '#web/features/policies/rules/rule-fields.ts';
import { addRule, duplicateRule, moveRule, negateRule, removeRule, unwrapGroup, wrapRule } from '#web/features/policies/rules/tree-edits.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyDocument, anyListDocument } from '#tests/support/network/any-policy.ts';

const energy = (value: number): LeafRule => ({ field: 'energy', op: 'gte', value, whenUnknown: 'exclude' });
const withPool = (pool: Rule): Policy => ({ ...EMPTY_POLICY, pool });
const [a, b, c] = [energy(0.1), energy(0.2), energy(0.3)];

/** New text rules wait for somebody to type a word. */
const needsWords = ({ value }: LeafRule) => value === '' || (Array.isArray(value) && value.length === 0);

const anyRule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.double({ min: 0, max: 1, noNaN: true }).map((value): Rule => energy(Math.round(value * 100) / 100)),
    fc.array(tie('rule'), { maxLength: 3 }).map((all): Rule => ({ all })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((any): Rule => ({ any })),
    tie('rule').map((not): Rule => ({ not })),
  ),
})).rule;

test('what a document omits is filled in by the editor as the contract fills it in', () => {
  expect(EMPTY_POLICY).toEqual(policyV1.parse({ version: 1, pool: { all: [] } }));
  expect(EMPTY_LIST_POLICY).toEqual(policyV2.parse({ version: 2, pool: { all: [] } }));
});

test('every template can be saved unchanged, and the builder reads it without a change', () => {
  for (const { policy, id } of POLICY_TEMPLATES) {
    expect(parsePolicy(policy), id).toEqual(policy);
    expect(readDocument(policy), id).toEqual({ kind: 'policy', policy });
  }
});

test('the builder reads every policy of the demo network as the server does', () => {
  for (const { policy } of DEMO_PLAYLISTS) expect(readDocument(policy)).toEqual({ kind: 'policy', policy: policyV1.parse(policy) });
});

test.each([
  ['version 1', anyDocument, policyV1],
  ['version 2', anyListDocument, policyV2],
] as const)('any policy of %s goes through the builder and the JSON without a loss, also when most of it is omitted', (_, documents, contract) => {
  fc.assert(
    fc.property<[unknown]>(documents, (document) => {
      const policy = contract.parse(document);
      const typed = parseJson(printJson(document));
      const shown = readDocument(typed.kind === 'json' ? typed.value : null);
      expect(shown).toEqual({ kind: 'policy', policy });
      const printed = parseJson(printJson(shown.kind === 'policy' ? shown.policy : null));
      expect(contract.parse(printed.kind === 'json' ? printed.value : null)).toEqual(policy);
    }),
    { numRuns: 300 },
  );
});

test('every field has a default rule and comparisons that the contract accepts', () => {
  for (const field of FIELD_GROUPS.flatMap(({ fields }) => fields)) {
    for (const op of kindOfField(field)?.ops ?? []) {
      const leaf = withOperator(defaultLeaf(field), op);
      const value = field === 'camelot' ? '8A' : 'jazz';
      const typed = needsWords(leaf) ? ({ ...leaf, value: Array.isArray(leaf.value) ? [value] : value } as LeafRule) : leaf;
      expect(() => parsePolicy(withPool(typed)), `${field} ${op}`).not.toThrow();
      expect(readDocument(withPool(leaf)).kind, `${field} ${op}`).toBe('policy');
    }
  }
});

test.each([
  [{ version: 3, pool: { all: [] } }, 'version'],
  [{ version: 1, pool: { all: [] }, songs: { days: 7 } }, 'songs'],
  [{ version: 2, pool: { all: [] }, songs: {} }, 'songs.days'],
  [{ version: 2, pool: { all: [] }, seasonal: 'never' }, 'seasonal'],
  [{ version: 2, pool: { all: [] }, roles: { opener: [{ field: 'energy', toward: 1, weight: 1 }] } }, 'roles.opener.0'],
  [{ version: 2, pool: { all: [] }, roles: { middle: [] } }, 'roles.middle'],
  [{ version: 2, pool: { all: [] }, goesWith: { seeds: [{ artistId: 3 }] } }, 'goesWith.seeds.0'],
  [{ version: 1, pool: { all: [] }, goesWith: {} }, 'goesWith'],
  [{ version: 1 }, 'pool'],
  [{ version: 1, pool: { all: [] }, color: 'blue' }, 'color'],
  [{ version: 1, pool: { all: [{ field: 'energy', op: 'more', value: 1 }] } }, 'pool.all.0'],
  [{ version: 1, pool: { all: [], any: [] } }, 'pool'],
  [{ version: 1, pool: { all: [] }, caps: { perArtist: 2 } }, 'caps.perAlbum'],
  [{ version: 1, pool: { all: [] }, mix: [{ name: 'One', share: 100, rule: { field: 'mood', op: 'has', value: ['calm'] } }] }, 'mix.0.rule'],
  ['a policy', ''],
  [JSON.parse('{ "version": 1, "pool": { "all": [] }, "__proto__": { "size": 12 } }'), '__proto__'],
  [JSON.parse('{ "version": 1, "pool": { "all": [] }, "constructor": 1 }'), 'constructor'],
  [JSON.parse('{ "version": 1, "pool": { "all": [] }, "flow": { "toString": 1 } }'), 'flow.toString'],
])('what the builder has no place for is named, never bent into shape: %j', (value, field) => {
  expect(readDocument(value)).toEqual({ kind: 'unsupported', field });
});

test('edits of the tree leave a policy that can be saved: no empty "any", no "not" of nothing', () => {
  const policy = withPool({ all: [a, { any: [b] }, { not: c }] });
  expect(removeRule(policy, ['pool', 'all', 1, 'any', 0]).policy.pool).toEqual({ all: [a, { not: c }] });
  expect(removeRule(policy, ['pool', 'all', 2, 'not']).policy.pool).toEqual({ all: [a, { any: [b] }] });
  expect(removeRule(withPool(a), ['pool']).policy.pool).toEqual({ all: [] });
  expect(removeRule(withPool({ any: [a] }), ['pool', 'any', 0]).policy.pool).toEqual({ all: [] });
});

test('a rule moves among its neighbors, and from the edge moves out of its group', () => {
  const policy = withPool({ all: [a, { any: [b, c] }] });
  expect(moveRule(policy, ['pool', 'all', 0], 1)).toMatchObject({ policy: { pool: { all: [{ any: [b, c] }, a] } }, focus: ['pool', 'all', 1] });
  expect(moveRule(policy, ['pool', 'all', 1, 'any', 0], -1)).toMatchObject({
    policy: { pool: { all: [a, b, { any: [c] }] } },
    focus: ['pool', 'all', 1],
  });
  expect(moveRule(policy, ['pool', 'all', 1, 'any', 1], 1)).toMatchObject({
    policy: { pool: { all: [a, { any: [b] }, c] } },
    focus: ['pool', 'all', 2],
  });
  expect(moveRule(policy, ['pool', 'all', 0], -1).policy).toBe(policy);
});

test('adding to a single rule makes a group of the two', () => {
  expect(addRule(withPool(a), ['pool'], b)).toMatchObject({ policy: { pool: { all: [a, b] } }, focus: ['pool', 'all', 1] });
  expect(addRule(withPool({ any: [a] }), ['pool'], b)).toMatchObject({ policy: { pool: { any: [a, b] } }, focus: ['pool', 'any', 1] });
});

test('wrapping and unwrapping, and negating twice, change nothing', () => {
  fc.assert(
    fc.property(anyRule, (rule) => {
      const policy = withPool({ all: [a, rule] });
      const path = ['pool', 'all', 1];
      expect(unwrapGroup(wrapRule(policy, path, 'any').policy, path).policy).toEqual(policy);
      const negated = negateRule(policy, path).policy;
      if (!('not' in rule)) expect(negateRule(negated, path).policy).toEqual(policy);
      expect(duplicateRule(policy, path).policy.pool).toEqual({ all: [a, rule, rule] });
    }),
  );
});

test('undo goes back step by step; continuous typing is one step', () => {
  let history = startHistory(0);
  history = recordEdit(history, 1, 'size');
  history = recordEdit(history, 12, 'size');
  history = recordEdit(history, 99);
  expect(undo(history).present).toBe(12);
  expect(undo(undo(history)).present).toBe(0);
  expect(redo(undo(undo(history))).present).toBe(12);
  expect(undo(startHistory(0)).present).toBe(0);
});

test('printed JSON parses to the same value, and short parts stay on a line', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(printJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(printJson({ caps: { perArtist: 2, perAlbum: 1 }, size: 50 })).toBe('{\n  "caps": { "perArtist": 2, "perAlbum": 1 },\n  "size": 50\n}');
});

test('JSON is parsed as the platform parses it, whatever it holds', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(3), (value, indent) => {
      const reading = parseJson(JSON.stringify(value, null, indent));
      expect(reading).toMatchObject({ kind: 'json', value: JSON.parse(JSON.stringify(value)) });
    }),
  );
});

test('a text that is not JSON is never accepted as JSON, and the other way round', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', ':', 'x'), (text, at, piece) => {
      const place = at % (text.length + 1);
      const changed = text.slice(0, place) + piece + text.slice(place + (piece === '' ? 1 : 0));
      let isJson = true;
      try {
        JSON.parse(changed);
      } catch {
        isJson = false;
      }
      const reading = parseJson(changed);
      // JSON that would silently lose a part is treated as invalid, too.
      if (reading.kind === 'broken' && /Duplicate name|too large a number/u.test(reading.message)) return;
      expect(reading.kind).toBe(isJson ? 'json' : 'broken');
    }),
  );
});

test.each([
  ['{\n  "a": 1\n  "b": 2\n}', 3, 'Missing comma before this.'],
  ['{\n  "a": [1,\n  2,]\n}', 3, 'Extra comma before this.'],
  ['{\n  "a" 1\n}', 2, 'Missing colon after "a".'],
  ['{\n  a: 1\n}', 2, '"a:" is not valid JSON. Put text and names in double quotes.'],
  ['{ "a": 1', 1, 'The document ends too early: a bracket or a value is missing.'],
  ['', 1, 'The document is empty.'],
  ['{}\n{}', 2, 'Unexpected text after the end of the document.'],
  ['{ "size": 12,\n  "size": 50 }', 2, 'Duplicate name "size": only the last one would count. Keep one of the two.'],
  ['{ "pool": { "all": [\n  { "op": "gte", "\\u006fp": "lte" }] } }', 2, 'Duplicate name "op": only the last one would count. Keep one of the two.'],
  ['{ "version": 1,\n\n  "size": 1e999 }', 3, '1e999 is too large a number.'],
])('invalid JSON is explained on its line: %j', (text, line, message) => {
  expect(parseJson(text)).toMatchObject({ kind: 'broken', at: { line }, message });
});

test('a problem of a field is shown on the line of that field, or of the nearest part around it', () => {
  const reading = parseJson('{\n  "pool": {\n    "all": [\n      { "field": "energy" },\n      { "field": "x",\n        "value": 1 }\n    ]\n  }\n}');
  if (reading.kind !== 'json') throw new Error('It is JSON.');
  expect(reading.placeOf('pool.all.1.value')).toEqual({ line: 6, column: 18 });
  expect(reading.placeOf('pool.all.1.op').line).toBe(5);
  expect(reading.placeOf('rest.days').line).toBe(1);
});

test('JSON that is nested a million deep is refused where it gets too deep, without a stack overflow', () => {
  const depth = 1_000_000;
  const text = `{"version":1,\n"pool":${'{"not":'.repeat(depth)}1${'}'.repeat(depth)}}`;
  expect(parseJson(text)).toMatchObject({ kind: 'broken', at: { line: 2 }, message: 'Nested too deeply: at most 200 levels.' });
  const deepest = `{"version":1,"pool":${'{"all":['.repeat(19)}${JSON.stringify(a)}${']}'.repeat(19)}}`;
  const reading = parseJson(deepest);
  expect(readDocument(reading.kind === 'json' ? reading.value : null).kind).toBe('policy');
});

test('keys mix with themselves, one hour on, across twelve and across modes; an unknown one is not counted', () => {
  expect(mixingSteps(['8A', '8A', '9A', '9B', '11B'])).toEqual({ mixing: 3, known: 4 });
  expect(mixingSteps(['12A', '1A', '2B'])).toEqual({ mixing: 1, known: 2 });
  expect(mixingSteps(['8A', null, '9A'])).toEqual({ mixing: 0, known: 0 });
});
