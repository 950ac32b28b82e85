import { AppError } from '#shared/errors.ts';
import type { Request } from 'express';

/** The most calls in one request. */
export const BATCH_MAX = 10;
/** No procedure has a longer name, and error responses repeat the name. */
const NAME_LENGTH_MAX = 100;
const PROCEDURES = /^\/trpc\/([A-Za-z]\w*(?:\.[A-Za-z]\w*)*(?:,[A-Za-z]\w*(?:\.[A-Za-z]\w*)*)*)$/;
/** The answers that tRPC's clients ask for; any other value is a mistake. */
const ACCEPTED = new Set(['application/json', 'application/jsonl']);

interface ProtocolRefusal {
  readonly error: AppError;
  readonly status: number;
}

const refuse = (status: number, message: string, remedy: string): ProtocolRefusal => ({
  status,
  error: new AppError('invalid_input', { message, remedy }),
});

const BATCH_REFUSED = refuse(400, `A batch can have at most ${BATCH_MAX} calls and needs batch=1.`, 'Send smaller batches.');

/** The procedures that an address names, or why it names none. */
export function procedureNames(request: Request): { readonly procedures: readonly string[]; readonly refusal?: ProtocolRefusal } {
  const procedures = PROCEDURES.exec(request.path)?.[1]?.split(',');
  if (procedures && procedures.every((name) => name.length <= NAME_LENGTH_MAX)) return { procedures };
  // A comma, encoded or not, means that a batch was intended.
  if (/,|%2c/i.test(request.path)) return { procedures: [], refusal: BATCH_REFUSED };
  const error = new AppError('not_found', { message: 'There is no procedure at this address.', remedy: 'Procedures are called at /trpc/<name>.' });
  return { procedures: [], refusal: { status: 404, error } };
}

/** Why a request is not a JSON call of these procedures; undefined when it is one. */
export function protocolRefusal(request: Request, procedures: readonly string[]): ProtocolRefusal | undefined {
  if (request.method !== 'GET' && request.method !== 'POST')
    return refuse(405, 'Procedures accept only GET and POST.', 'Use GET for queries and POST for mutations.');
  if (procedures.length > (request.query['batch'] === '1' ? BATCH_MAX : 1)) return BATCH_REFUSED;
  const type = contentType(request);
  if (request.method === 'POST' && type !== 'application/json') return refuse(415, 'Only application/json is accepted.', 'Send JSON.');
  // tRPC reads a GET with another type as a form or a file.
  if (request.method === 'GET' && type !== undefined && type !== 'application/json')
    return refuse(415, 'Only application/json is accepted.', 'Send GET requests without Content-Type.');
  const accept = request.get('trpc-accept');
  if (accept !== undefined && !ACCEPTED.has(accept))
    return {
      status: 406,
      error: new AppError('invalid_input', {
        message: 'This value of trpc-accept is not supported.',
        remedy: `Use ${[...ACCEPTED].join(' or ')}, or leave the header out.`,
        field: 'trpc-accept',
      }),
    };
  return undefined;
}

function contentType(request: Request): string | undefined {
  return request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
}
