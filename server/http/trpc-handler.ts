import { isAdmin, requireAdmin } from '#server/actor.ts';
import { depsOfPages } from '#server/deps.ts';
import type { Deps } from '#server/deps.ts';
import type { VisitorLimits } from '#server/limits/visitor-limits.ts';
import { appRouter } from '#server/routers/index.ts';
import type { ProcedureMeta, RequestContext } from '#server/trpc.ts';
import { AppError } from '#shared/errors.ts';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import type { Request, RequestHandler, Response } from 'express';
import { writeCookie } from './cookies.ts';
import { requestIdOf, sendError } from './errors.ts';
import { bodyLimitsFor, metaOf } from './procedure-limits.ts';
import { takeRates } from './rate-limits.ts';
import { parseShortJson, readJsonBody } from './request-body.ts';
import { clientAddress, identifyRequest } from './request-identity.ts';
import type { RequestIdentity } from './request-identity.ts';
import type { RequestGate } from './request-gate.ts';
import { BATCH_MAX, procedureNames, protocolRefusal } from './trpc-protocol.ts';

/**
 * Serves tRPC at exactly `/trpc/<procedure[,procedure…]>`. Anything but JSON calls in batches of at most ten is rejected before any procedure is
 * resolved. The sender is identified before the body is read, and how much of it is read depends on what the sender may call.
 */
export function trpcHandler(deps: Deps, border: Border): RequestHandler {
  return (request, response, next) => {
    const named = procedureNames(request);
    const refusal = named.refusal ?? protocolRefusal(request, named.procedures);
    if (refusal) return sendError(response, refusal.error, refusal.status);
    const { procedures } = named;
    const call: Call = { request, response, procedures: metaOf(procedures), limits: border.limits };
    prepareCall(deps, call).then((context) => {
      const lane = call.procedures.every(({ access }) => access === 'operator') && isAdmin(context.actor) ? 'operator' : 'public';
      return border.gate.enter(lane, response, () => answer({ request, response, context, path: procedures.join(',') }));
    }, next);
  };
}

/** What is decided about a request before it reaches a procedure. */
interface Border {
  readonly gate: RequestGate;
  readonly limits: VisitorLimits;
}

interface Call {
  readonly request: Request;
  readonly response: Response;
  readonly procedures: readonly ProcedureMeta[];
  readonly limits: VisitorLimits;
}

function answer(call: { request: Request; response: Response; context: RequestContext; path: string }): void {
  const { request, response, context, path } = call;
  // tRPC reads the input from the context. An empty text keeps it from reading the stream.
  request.body = '';
  void nodeHTTPRequestHandler({
    router: appRouter,
    req: request,
    res: response,
    path,
    maxBatchSize: BATCH_MAX,
    // Queries that do not fit into a URL, such as a draft policy, are sent as POST.
    allowMethodOverride: true,
    createContext: () => context,
    responseMeta: ({ errors }) => ({ headers: responseHeaders(errors) }),
  });
}

/** Identifies the sender and reads the input. Everything that is refused here is thrown by every procedure of the request, in tRPC's error format. */
async function prepareCall(deps: Deps, call: Call): Promise<RequestContext> {
  const { request, response } = call;
  const identity = await identifyRequest(deps, request);
  const read = await readInput(call, identity).catch((refusal: unknown) => ({ refusal }));
  return {
    deps: isAdmin(identity.actor) ? depsOfPages(deps, 'operator') : deps,
    ...identity,
    ...read,
    clientAddress: clientAddress(request),
    requestId: requestIdOf(response),
    cookies: {
      setSession: ({ secret, expiresAt }) => writeCookie(response, deps, { name: 'sid', value: secret, expires: expiresAt }),
      clearSession: () => writeCookie(response, deps, { name: 'sid', value: '', expires: undefined }),
    },
  };
}

async function readInput(call: Call, { actor, refusal }: RequestIdentity): Promise<Pick<RequestContext, 'inputOf'>> {
  const { request, procedures } = call;
  if (refusal !== undefined) throw refusal;
  const limits = bodyLimitsFor(procedures, actor);
  // Nothing of the body is read for a sender who may call none of the procedures.
  if (!limits) requireAdmin(actor);
  if (!limits) return {};
  const rates = procedures.flatMap(({ rate }) => rate ?? []);
  await takeRates(call.limits, rates, { ...call, actor });
  const isBatch = request.query['batch'] === '1';
  const named = { ...limits, levelsUnnamed: isBatch ? 1 : 0 };
  const input = request.method === 'POST' ? await readJsonBody(request, named) : queryInput(request, named);
  if (!isBatch) return { inputOf: () => input };
  if (input === undefined) return { inputOf: () => undefined };
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new AppError('invalid_input', { message: 'The input of a batch must be an object.', remedy: 'Send {"0": …, "1": …}.', field: 'input' });
  return { inputOf: (index) => Object.getOwnPropertyDescriptor(input, String(index))?.value as unknown };
}

function queryInput(request: Request, limits: Parameters<typeof parseShortJson>[1]): unknown {
  const text = request.query['input'];
  if (text === undefined || text === '') return undefined;
  if (typeof text !== 'string')
    throw new AppError('invalid_input', { message: 'The input is given more than once.', remedy: 'Send it once.', field: 'input' });
  return parseShortJson(text, limits);
}

function responseHeaders(errors: readonly { cause?: unknown }[]): Headers {
  // tRPC overwrites the Vary header, so it is set again here.
  const headers = new Headers({ 'cache-control': 'no-store', vary: 'Origin' });
  const retryDelays = errors.flatMap(({ cause }) => (cause instanceof AppError && cause.retryAfterMs !== undefined ? [cause.retryAfterMs] : []));
  if (retryDelays.length > 0) headers.set('retry-after', String(Math.ceil(Math.max(...retryDelays) / 1000)));
  return headers;
}
