/**
 * Classes of SQLSTATE that are about the values given: data exception, integrity constraint violation, program limit exceeded
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html). The same statement with other values would succeed.
 */
const CLASSES = new Set(['22', '23', '54']);

/** Whether Postgres refused a statement because of its values, not because of the connection, a lock or a lack of resources. */
export function isDataRefusal(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : '';
    if (code.length === 5 && CLASSES.has(code.slice(0, 2))) return true;
  }
  return false;
}
