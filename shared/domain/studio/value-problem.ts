import { isEnabled, isFilled } from './model.ts';
import type { InputId, ModelInput, ModelValues } from './model.ts';

/** Why a filled-in value cannot be sent for an input, to follow the input's name; undefined when it can. It agrees with `zodFor`, which a browser does not load. */
export function valueProblem(id: InputId, input: ModelInput, values: ModelValues): string | undefined {
  const value = values[id];
  if (!isFilled(value)) return undefined;
  if (!isEnabled(input, values)) return disabledBecause(input, values);
  switch (input.kind) {
    case 'text':
      if (typeof value !== 'string' || value.trim().length < input.min) return 'is too short';
      return value.length > input.max ? `is longer than ${amount(input.max)} characters` : undefined;
    case 'int':
      return Number.isSafeInteger(value) ? outside(value, [input.min, input.max]) : 'must be a whole number';
    case 'seed':
      return Number.isSafeInteger(value) ? outside(value, [0, input.max]) : 'must be a whole number';
    case 'float':
      return Number.isFinite(value) ? outside(value, [input.min, input.max]) : 'must be a number';
    case 'bool':
      return typeof value === 'boolean' ? undefined : 'must be on or off';
    case 'enum':
    case 'size':
      return input.options.some((option) => option.value === value) ? undefined : 'is not one of the choices';
    case 'seconds':
      return input.options.some((option) => option === value) ? undefined : 'is not one of the choices';
    case 'image':
    case 'loras':
      return Array.isArray(value) && value.length > input.max ? `takes at most ${input.max}` : undefined;
    case 'mask':
    case 'music':
    case 'mood':
    default:
      return undefined;
  }
}

/** Why an input is disabled by what else is filled in. */
export function disabledBecause(input: ModelInput, values: ModelValues): string {
  const missing = (input.needs ?? []).filter((id: InputId) => !isFilled(values[id]));
  return missing.length > 0 ? `needs ${missing.join(' and ')}` : `cannot be combined with ${(input.excludes ?? []).join(' or ')}`;
}

function outside(value: unknown, [min, max]: readonly [number, number]): string | undefined {
  if (Number(value) < min) return `must be at least ${amount(min)}`;
  return Number(value) > max ? `must be at most ${amount(max)}` : undefined;
}

const amount = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 3 });
