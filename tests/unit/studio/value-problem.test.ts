import { changeModel } from '#shared/domain/studio/change-model.ts';
import { INPUT_IDS, inputsFor, isFilled } from '#shared/domain/studio/model.ts';
import type { InputId, ModelInput, ModelValues } from '#shared/domain/studio/model.ts';
import { MODELS } from '#shared/domain/studio/models/index.ts';
import { valueProblem } from '#shared/domain/studio/value-problem.ts';
import { zodFor } from '#shared/domain/studio/zod-for.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const ID = '018f0000-0000-7000-8000-000000000001';

/** Values of an input that are right, at its bounds, beyond them, or of another type. */
function anyValueOf(input: ModelInput): fc.Arbitrary<unknown> {
  const odd = fc.constantFrom<unknown>(true, false, 'x', -1, 0.5, 7);
  switch (input.kind) {
    case 'text':
      return fc.oneof(fc.constantFrom<unknown>('', ' ', 'a lake', 'a'.repeat(input.max), 'a'.repeat(input.max + 1)));
    case 'int':
    case 'float':
      return fc.oneof(odd, fc.constantFrom<unknown>(input.min, input.max, input.min - 1, input.max + 1, input.min + 0.25));
    case 'seed':
      return fc.oneof(odd, fc.constantFrom<unknown>(0, input.max, input.max + 1, 1.5));
    case 'bool':
      return odd;
    case 'enum':
    case 'size':
      return fc.oneof(odd, fc.constantFrom<unknown>(...input.options.map((option) => option.value)));
    case 'seconds':
      return fc.oneof(odd, fc.constantFrom<unknown>(...input.options));
    case 'image':
      return fc.constantFrom<unknown>(
        [ID],
        Array.from({ length: input.max + 1 }, () => ID),
      );
    case 'loras':
      return fc.constantFrom<unknown>(
        [],
        [{ loraId: ID, scale: 1 }],
        Array.from({ length: input.max + 1 }, () => ({ loraId: ID, scale: 1 })),
      );
    case 'mask':
      return fc.constant(ID);
    case 'music':
    case 'mood':
    default:
      return fc.constant(undefined);
  }
}

describe.each(MODELS.flatMap((model) => model.tasks.map((task) => ({ model, task, name: `${model.id} for ${task}` }))))(
  '$name',
  ({ model, task }) => {
    test('the form says what is wrong with a value exactly when the server would refuse it', () => {
      const inputs = inputsFor(model, task);
      const arbitrary = fc.record(Object.fromEntries(inputs.map(([id, input]) => [id, fc.option(anyValueOf(input), { nil: undefined })])));
      fc.assert(
        fc.property(arbitrary, (raw) => {
          const values: ModelValues = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined));
          const issues = zodFor(model, task).safeParse(values).error?.issues ?? [];
          // A second pass of the schema runs only when the first found nothing, so each is compared on its own terms.
          const isRefused = (id: InputId) => issues.some((issue) => issue.path[0] === id);
          for (const [id, input] of inputs) {
            if (!isFilled(values[id])) continue;
            const says = valueProblem(id, input, values);
            if (says === undefined) expect(isRefused(id), `${id}: ${JSON.stringify(values[id])}`).toBe(false);
            else expect(issues.length, `${id}: ${says}`).toBeGreaterThan(0);
          }
        }),
        { numRuns: 60 },
      );
    });
  },
);

test('from any model to any other every value is kept, and what the other one takes is valid there', () => {
  for (const from of MODELS)
    for (const to of MODELS) {
      const task = to.tasks.find((one) => from.tasks.includes(one));
      if (!task) continue;
      const values: ModelValues = {
        prompt: 'a lake',
        seed: 4_000_000_000,
        size: '21:9',
        style: 'origami',
        steps: 3,
        guidance: 2,
        format: 'jpeg',
        strength: 0.4,
      };
      const changed = changeModel(values, { from, to }, task);
      expect(changed.values).toEqual(values);
      const refused = (zodFor(to, task).safeParse(changed.usable).error?.issues ?? []).map((issue) => issue.path[0]);
      expect(
        refused.filter((id) => INPUT_IDS.some((one) => one === id && changed.usable[one] !== undefined)),
        `${from.id} to ${to.id}`,
      ).toEqual([]);
    }
});
