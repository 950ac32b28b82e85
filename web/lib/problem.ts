export interface Problem {
  /** What happened, to what. */
  readonly message: string;
  readonly remedy: string | null;
  readonly field: string | null;
  readonly code: string;
  /** For whoever looks into it. */
  readonly reference: string | null;
}

const OFFLINE: Problem = {
  message: 'The house does not answer.',
  remedy: 'Check that Segue is running, then try again.',
  field: null,
  code: 'offline',
  reference: null,
};

/** Turns whatever a query or mutation threw into words. What the server said stays as it said it; anything else is named as silence. */
export function describeProblem(error: unknown): Problem {
  const data = read(error, 'data');
  const told = read(data, 'error');
  const message = read(told, 'message');
  if (typeof message !== 'string') return OFFLINE;
  const path = read(data, 'path');
  const code = textOr(read(told, 'code'), 'unexpected');
  return {
    message,
    remedy: textOr(read(told, 'remedy'), null),
    field: textOr(read(told, 'field'), null),
    code,
    reference: typeof path === 'string' ? `${path} · ${code}` : null,
  };
}

/** True for failures that another try soon may cure; a refusal is final. */
export function isPassing(error: unknown): boolean {
  const { code } = describeProblem(error);
  return code === 'offline' || code === 'provider_unavailable' || code === 'unexpected';
}

function read(from: unknown, key: string): unknown {
  return typeof from === 'object' && from !== null ? Object.getOwnPropertyDescriptor(from, key)?.value : undefined;
}

function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}
