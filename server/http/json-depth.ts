import { cutText } from '#shared/domain/text.ts';
import { AppError } from '#shared/errors.ts';

/** JSON.parse accepts a million levels, recursive schemas overflow the stack before 5,000, and no contract here needs 50. */
const DEPTH_MAX = 64;
/** How many outer levels the error names; deeper keys do not help the caller. */
const LEVELS_NAMED = 2;
const NAME_MAX = 40;

/** Throws `invalid_input` with the field for a value nested deeper than any contract allows. Walks level by level, so it cannot overflow the stack. */
export function requireShallow(value: unknown): void {
  let level: readonly Container[] = isContainer(value) ? [{ part: value, field: '' }] : [];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) {
      const field = level[0]?.field;
      const details = { message: `The input is nested deeper than ${DEPTH_MAX} levels.`, remedy: 'Send a flatter structure.' };
      throw new AppError('invalid_input', field ? { ...details, field } : details);
    }
    level = level.flatMap((container) => containersIn(container, depth <= LEVELS_NAMED));
  }
}

interface Container {
  readonly part: object;
  /** Dotted path of the outermost parts around it. */
  readonly field: string;
}

function containersIn({ part, field }: Container, isNamed: boolean): Container[] {
  const name = (key: string) => (field === '' ? cutText(key, NAME_MAX) : `${field}.${cutText(key, NAME_MAX)}`);
  return Object.entries(part).flatMap(([key, inner]: [string, unknown]) =>
    isContainer(inner) ? [{ part: inner, field: isNamed ? name(key) : field }] : [],
  );
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
