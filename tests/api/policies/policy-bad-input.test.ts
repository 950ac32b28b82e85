import { z } from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_KEY, errorOf, startHttpApp } from '#tests/support/http-app.ts';
import type { HttpResponse, HttpApp } from '#tests/support/http-app.ts';

let server: HttpApp;
beforeAll(async () => {
  server = await startHttpApp();
});
afterAll(() => server[Symbol.asyncDispose]());

/** A document as text, so that JSON that JavaScript cannot express goes over the socket as is. */
function send(procedure: 'check' | 'create' | 'simulate' | 'preview', document: string): Promise<HttpResponse> {
  const inputs = {
    check: `{"body":${document},"feasibility":false}`,
    preview: `{"body":${document}}`,
    create: `{"name":"Bad","body":${document}}`,
    simulate: `{"days":7,"variants":[{"name":"Bad","body":${document}}]}`,
  };
  return server.request(`/trpc/playlistAdmin.${procedure === 'simulate' ? 'curation' : 'policies'}.${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-admin-api-key': ADMIN_KEY },
    body: inputs[procedure],
  });
}

const checked = z.object({
  result: z.object({ data: z.object({ problems: z.array(z.object({ field: z.string(), message: z.string(), remedy: z.string() })) }) }),
});

const leaf = '{"field":"energy","op":"gte","value":0.5}';
const policy = (rest: string) => `{"version":1,"pool":{"all":[]},${rest}}`;
const pool = (rule: string) => `{"version":1,"pool":${rule}}`;
const titles = (op: string, value: string) => `{"field":"title","op":"${op}","value":${value}}`;
const manyRules = (count: number) => Array.from({ length: count }, () => '{"not":{"field":"artist","op":"equals","value":"x"}}').join(',');
const nested = (depth: number) => `${'{"not":'.repeat(depth)}${leaf}${'}'.repeat(depth)}`;

describe('an invalid policy sent over real HTTP', () => {
  test.for<readonly [name: string, document: string, field: string]>([
    ['twenty-one levels of "not"', pool(nested(21)), 'pool'],
    ['sixty levels of "not"', pool(nested(59)), 'pool'],
    ['a list of forty thousand rules', pool(`{"any":[${Array.from({ length: 20_000 }, () => '{"all":[]}').join(',')}]}`), 'pool'],
    ['two hundred thousand numbers', policy(`"pins":[${'1,'.repeat(200_000)}1]`), 'pins'],
    ['eleven hundred rules about titles', pool(`{"any":[${Array.from({ length: 1_100 }, () => titles('equals', '"x"')).join(',')}]}`), 'pool'],
    ['a hundred and one rules about artists in blocks', policy(`"mix":[{"name":"A","share":100,"rule":{"all":[${manyRules(101)}]}}]`), 'mix'],
    ['six hundred texts inside titles', pool(titles('contains', JSON.stringify(Array.from({ length: 600 }, (_, at) => `t${at}`)))), 'pool'],
    ['an infinite size', policy('"size":1e999'), 'size'],
    ['an infinite value', pool('{"field":"energy","op":"gte","value":1e999}'), 'pool.value'],
    ['a negative weight', policy('"prefer":[{"field":"energy","toward":0.5,"spread":-1e999,"weight":1}]'), 'prefer.0'],
    ['NaN as a string', policy('"turnover":"NaN"'), 'turnover'],
    ['null as a value', pool('{"field":"energy","op":"gte","value":null}'), 'pool.value'],
    ['a prototype', policy('"__proto__":{"size":1}'), '__proto__'],
    ['a constructor', policy('"constructor":{"prototype":{"size":1}}'), 'constructor'],
    ['a prototype in a rule', pool('{"field":"energy","op":"gte","value":1,"__proto__":{"whenUnknown":"include"}}'), 'pool.__proto__'],
    ['a prototype for a field', pool('{"field":"__proto__","op":"gte","value":1}'), 'pool.field'],
    ['an inherited comparison', pool('{"field":"energy","op":"toString","value":1}'), 'pool.op'],
    ['an unknown key', policy('"color":"red"'), 'color'],
    ['an unknown nested key', policy('"caps":{"perArtist":2,"perAlbum":1,"perLabel":3}'), 'caps.perLabel'],
    ['an empty "any"', pool('{"any":[]}'), 'pool.any'],
    ['a minimum above the maximum', pool('{"field":"tempo","op":"between","value":[140,90]}'), 'pool.value'],
    ['three bounds of a range', pool('{"field":"tempo","op":"between","value":[1,2,3]}'), 'pool.value'],
    ['a day that does not exist', pool('{"field":"release_date","op":"on_or_after","value":"2026-02-30"}'), 'pool.value'],
    ['a day in another date format', pool('{"field":"release_date","op":"on_or_after","value":"-271821-04-20"}'), 'pool.value'],
    ['a hundred thousand days', pool('{"field":"release_date","op":"within_days","value":100000}'), 'pool.value'],
    ['shares that are not 100', policy(`"mix":[{"name":"A","rule":${leaf},"share":50},{"name":"B","rule":${leaf},"share":49}]`), 'mix'],
    ['a pin that is banned', policy('"pins":[{"recording":{"recordingId":7}}],"bans":{"recordings":[{"recordingId":7}]}'), 'pins.0.recording'],
    ['a position beyond the end', policy('"size":10,"pins":[{"recording":{"recordingId":7},"position":11}]'), 'pins.0.position'],
    [
      'a position given twice',
      policy('"pins":[{"recording":{"recordingId":7},"position":1},{"recording":{"recordingId":8},"position":1}]'),
      'pins.1.position',
    ],
    ['a group with lower priority than itself', policy('"exclusivity":{"group":"a","yieldsTo":["a"]}'), 'exclusivity.yieldsTo.0'],
    ['nothing but spaces', pool('{"field":"title","op":"contains","value":"  "}'), 'pool.value'],
    ['NUL in the seed', policy('"seed":"a\\u0000b"'), 'seed'],
    ['half of an emoji in a rule', pool('{"field":"title","op":"one_of","value":["fine","late \\ud83d"]}'), 'pool.value.1'],
    ['half of an emoji in the name of a block', policy(`"mix":[{"name":"\\udc00","rule":${leaf},"share":100}]`), 'mix.0.name'],
    ['a list', '[]', 'policy'],
    ['a string', '"policy"', 'policy'],
    ['nothing', 'null', 'policy'],
  ])('%s is reported with where and what to do, and neither saved, previewed nor simulated', async ([, document, field]) => {
    const problem = checked.parse(JSON.parse((await send('check', document)).text)).result.data.problems[0];
    expect(problem).toMatchObject({ field, message: expect.stringMatching(/^\S.*\.$/u), remedy: expect.stringMatching(/^[A-Z].*[.”]$/u) });
    for (const procedure of ['preview', 'create', 'simulate'] as const) {
      const answer = await send(procedure, document);
      expect([procedure, answer.status, errorOf(answer)]).toEqual([procedure, 400, expect.objectContaining({ code: 'invalid_input', field })]);
      expect(answer.text.length).toBeLessThan(4_096);
    }
  });

  test.for([100, 10_000, 110_000])('a pool %i levels deep is refused before it is evaluated, naming the pool', async (depth) => {
    const answer = await send('create', pool(nested(depth)));
    expect([answer.status, errorOf(answer)]).toEqual([400, expect.objectContaining({ code: 'invalid_input', field: 'body.pool' })]);
  });

  test('a million levels exceed the request size limit', async () => {
    expect((await send('create', pool(nested(1_000_000)))).status).toBe(413);
  });

  test('text in any script, or text that looks like a pattern, is only text', async () => {
    for (const text of ['.*', '(a+)+$', '[', '\\\\', '%', "'; drop table policies; --", '日本', 'e\u0301']) {
      const answer = await send(
        'check',
        pool(`{"all":[{"field":"title","op":"contains","value":"${text}"},{"field":"genre","op":"has","value":"${text}"}]}`),
      );
      expect(checked.parse(JSON.parse(answer.text)).result.data.problems, text).toEqual([]);
    }
  });

  test('of two keys with one name the last counts, as in JSON', async () => {
    const answer = await send('check', policy('"size":0,"size":12'));
    expect(checked.parse(JSON.parse(answer.text)).result.data.problems).toEqual([]);
  });
});
