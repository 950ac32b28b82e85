import { geminiPrice, promptOf, imageRequest } from '#server/sandbox/gemini/requests.ts';
import { FAL_ENDPOINTS, falPrice } from '#server/sandbox/fal/requests.ts';
import { STABILITY_FORMS, stabilityPrice } from '#server/sandbox/stability/requests.ts';
import { estimate } from '#shared/domain/studio/estimate.ts';
import type { Model, ModelValues } from '#shared/domain/studio/model.ts';
import { MODELS } from '#shared/domain/studio/models/index.ts';
import { readValues } from '#shared/domain/studio/read-values.ts';
import { wireFor } from '#shared/domain/studio/wire-for.ts';
import type { StudioTask } from '#shared/vocabulary.ts';
import { arbitraryValues, LORA_PATHS, minimalValues } from '#tests/support/studio/model-values.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

/** Two megapixels, rounded up. */
const PICTURE = { width: 1400, height: 1000 };
/** A cent: our count of the tokens of a prompt is above the vendor's. */
const WORDS_USD_MICROS_MAX = 10_000;

/** The price that the vendor's sandbox takes for a request; throws when it does not accept the request as it is. */
function vendorPrice(model: Model, values: ModelValues, task: StudioTask): number {
  const { body, files, endpoint } = wireFor(model, values, { task, loraPaths: LORA_PATHS });
  if (model.vendor === 'gemini') {
    const request = imageRequest.parse(body);
    expect(promptOf(request)).toBe(values.prompt);
    return geminiPrice(request);
  }
  if (model.vendor === 'stability') {
    const fields = Object.entries(body).map(([field, value]) => [field, typeof value === 'string' ? value : JSON.stringify(value)]);
    const pictures = files.map(({ field }) => [field, new File(['x'], field)]);
    return stabilityPrice(endpoint, STABILITY_FORMS[endpoint]!.parse(Object.fromEntries([...fields, ...pictures])));
  }
  const fal = FAL_ENDPOINTS[endpoint]!;
  const links = Object.fromEntries(files.map(({ field }) => [field, 'data:image/png;base64,AA==']));
  return falPrice(fal, fal.input.parse({ ...body, ...links }), PICTURE);
}

/** Files go beside the fields that are priced here. */
const withoutPictures = ({ image: _image, ...values }: ModelValues): ModelValues => values;

const paid = MODELS.filter((model) => model.vendor !== 'local').flatMap((model) =>
  model.tasks.map((task) => ({ model, task, name: `${model.id}, ${task}` })),
);

describe.each(paid)('$name', ({ model, task }) => {
  test('the vendor accepts the defaults and two hundred random requests, and takes the estimated price for each', () => {
    const check = (given: ModelValues) => {
      const values = readValues(model, given, { task });
      const [price, estimated] = [vendorPrice(model, values, task), estimate(model, withoutPictures(values), PICTURE)];
      expect(estimated).toBeGreaterThanOrEqual(price);
      expect(estimated - price).toBeLessThanOrEqual(model.price.sent ? WORDS_USD_MICROS_MAX : 0);
    };
    check(minimalValues(model, task));
    fc.assert(fc.property(arbitraryValues(model, task), check), { numRuns: 200 });
  });
});
