import { AppError } from '#shared/errors.ts';

/** JSON.parse takes a million levels, recursive schemas overflow the stack before five thousand, and no contract of ours needs fifty. */
const DEPTH_MAX = 64;

/** Throws `invalid_input` for a value nested deeper than any contract allows; walks level by level, so it cannot overflow itself. */
export function requireShallow(value: unknown): void {
  let level = containersIn([value]);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) {
      throw new AppError('invalid_input', { message: `The input is nested deeper than ${DEPTH_MAX} levels.`, remedy: 'Send a flatter structure.' });
    }
    level = level.flatMap((container) => containersIn(Object.values(container)));
  }
}

function containersIn(values: readonly unknown[]): object[] {
  return values.filter((value): value is object => typeof value === 'object' && value !== null);
}
