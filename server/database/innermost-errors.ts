interface Cause {
  readonly message: string;
  /** The SQLSTATE, the system's or the driver's code; empty when there is none. */
  readonly code: string;
}

/** Deep enough for any wrapping; ends a circle. */
const DEPTH_MAX = 8;

/** The causes of an error, the innermost first: drizzle wraps the database's own error, Node wraps one error per address of a host. */
export function innermostErrors(error: unknown): readonly Cause[] {
  return collect(error, 0).toReversed();
}

function collect(error: unknown, depth: number): Cause[] {
  if (!(error instanceof Error) || depth > DEPTH_MAX) return [];
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const inner = error instanceof AggregateError ? error.errors : [error.cause];
  return [{ message: error.message, code }, ...inner.flatMap((one: unknown) => collect(one, depth + 1))];
}
