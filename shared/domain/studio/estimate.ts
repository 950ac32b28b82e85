import { defaultOf } from './model.ts';
import type { InputId, Model, ModelValues } from './model.ts';

const MEGAPIXEL = 1024 * 1024;

/** What a request costs in millionths of a US dollar: megapixels and results are rounded up, so it is not below the price list. */
export function estimate(model: Model, values: ModelValues): number {
  const read = (id: InputId): unknown => {
    const input = model.inputs[id];
    return input && (values[id] ?? defaultOf(input));
  };
  const { usdMicros, unit, times } = model.price;
  const factor = times ? (times.table[String(read(times.input))] ?? Math.max(...Object.values(times.table))) : 1;
  const count = Number(read('count') ?? 1);
  return Math.ceil(usdMicros * factor * count * unitsOf(unit, model, read));
}

function unitsOf(unit: Model['price']['unit'], model: Model, read: (id: InputId) => unknown): number {
  if (unit === 'image') return 1;
  if (unit === 'second') return Number(read('seconds') ?? 1);
  const size = model.inputs.size;
  if (size?.kind !== 'size') return 1;
  const option = size.options.find((each) => each.value === read('size'));
  const pixels = option ? option.width * option.height : Math.max(...size.options.map((each) => each.width * each.height));
  return Math.ceil(pixels / MEGAPIXEL);
}
