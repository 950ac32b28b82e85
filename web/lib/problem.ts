export interface Problem {
  /** What happened and to what. */
  readonly message: string;
  /** What to do now. */
  readonly remedy: string | null;
  readonly field: string | null;
  readonly code: string;
  /** Procedure and error code, for debugging. */
  readonly reference: string | null;
}

const OFFLINE: Problem = {
  message: 'Can’t reach the Segue server.',
  remedy: 'Check that Segue is running, then try again.',
  field: null,
  code: 'offline',
  reference: null,
};

/** Converts the error of a query or mutation into text. The server's own message is passed on unchanged; any other error means that the server is unreachable. */
export function describeProblem(error: unknown): Problem {
  const data = read(error, 'data');
  const body = read(data, 'error');
  const message = read(body, 'message');
  if (typeof message !== 'string') return OFFLINE;
  const path = read(data, 'path');
  const code = textOr(read(body, 'code'), 'unexpected');
  return {
    message,
    remedy: textOr(read(body, 'remedy'), null),
    field: textOr(read(body, 'field'), null),
    code,
    reference: typeof path === 'string' ? `${path} · ${code}` : null,
  };
}

/** True for failures that a retry may fix. Other errors are final. */
export function isTransientProblem(error: unknown): boolean {
  const { code } = describeProblem(error);
  return code === 'offline' || code === 'provider_unavailable' || code === 'unavailable' || code === 'unexpected';
}

function read(source: unknown, key: string): unknown {
  return typeof source === 'object' && source !== null ? Object.getOwnPropertyDescriptor(source, key)?.value : undefined;
}

function textOr<T>(value: unknown, fallback: T): string | T {
  return typeof value === 'string' && value !== '' ? value : fallback;
}
