import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { readBody } from '../http-server.ts';
import { hasControlToken, isCrossSite, isFromOtherPage } from '../web-page-guard.ts';
import { json, NOT_FOUND, HttpError, text } from './responses.ts';
import type { HttpResponse } from './responses.ts';
import { handleApi, routeOf } from './api-handler.ts';
import type { HandledRequest } from './api-handler.ts';
import { authorize } from './endpoints/authorize.ts';
import type { SandboxControl } from './control/control.ts';
import { handleControl } from './control/control-handler.ts';
import { distort } from './control/distort.ts';
import { faultAnswer } from './control/faults.ts';
import type { Fault } from './control/faults.ts';
import { listenerPage } from './endpoints/listener-pages.ts';
import { serveImage } from './state/images.ts';
import { handleToken } from './endpoints/token-endpoint.ts';
import type { SandboxContext } from './state/sandbox-context.ts';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface ControlAccess {
  readonly control: SandboxControl;
  readonly controlToken: string;
}

interface ServiceRequest {
  readonly service: 'api' | 'accounts';
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/**
 * Serves and logs one request: injected faults first, then the API or the accounts service. Other web pages get pictures and pages only; the control
 * API also requires its token, since a browser sends some requests without an Origin.
 */
export function serveRequest(sandbox: SandboxContext, access: ControlAccess, exchange: Exchange): void {
  serve(sandbox, access, exchange).catch((error: unknown) => {
    const { response } = exchange;
    if (response.headersSent) response.destroy();
    else send(response, json(500, { error: { status: 500, message: error instanceof Error ? error.message : 'Sandbox failure' } }));
  });
}

async function serve(sandbox: SandboxContext, { control, controlToken }: ControlAccess, { request, response }: Exchange): Promise<void> {
  const { pathname, query } = splitUrl(request.url ?? '/');
  const method = request.method ?? 'GET';
  const read = readBody(request);
  const body = Buffer.isBuffer(read) ? read : await read;
  if (body === undefined) return send(response, json(413, { error: { status: 413, message: 'Payload too large' } }));
  if (pathname.startsWith('/_images/')) return send(response, serveImage(sandbox, pathname));
  if (isFromOtherPage(request.headers, sandbox.origin())) return send(response, text(403, 'The sandbox is not available to other web pages.'));
  if (pathname.startsWith('/_sandbox/')) {
    if (!hasControlToken(request.headers, controlToken)) return send(response, text(401, TOKEN_MISSING));
    return send(response, handleControl(sandbox, control, { method, path: pathname.slice('/_sandbox'.length), query, body }));
  }
  const isApi = pathname.startsWith('/v1/');
  if (!isApi && pathname !== '/authorize' && pathname !== '/api/token') return send(response, listenerPage(sandbox, pathname) ?? NOT_FOUND);
  const path = isApi ? pathname.slice('/v1'.length).replace(/\/+$/, '') : pathname;
  await exchangeWithFaults(sandbox, { service: isApi ? 'api' : 'accounts', method, path, query, headers: request.headers, body }, response);
}

const TOKEN_MISSING =
  'The control API requires the header X-Sandbox-Token. npm start stores the token in sandbox-control-token in SEGUE_HOME; npm run sandbox prints it.';

async function exchangeWithFaults(sandbox: SandboxContext, incoming: ServiceRequest, response: ServerResponse): Promise<void> {
  const fault = sandbox.faults.take(incoming);
  const isReplaced = fault !== undefined && (fault.status !== undefined || fault.body !== undefined || fault.cut === true);
  const normal = isReplaced && !fault.actFirst ? undefined : execute(sandbox, incoming);
  const answer = fault ? applyFault(sandbox, fault, normal?.answer) : (normal?.answer ?? NOT_FOUND);
  const { service, method, path, query } = incoming;
  const status = fault?.cut === true ? 0 : answer.status;
  const logFields = {
    route: normal?.route ?? (service === 'api' ? routeOf(method, path) : path),
    clientId: normal?.clientId ?? null,
    personId: normal?.personId ?? null,
  };
  sandbox.log.add({ at: sandbox.now(), service, method, path, query: query.toString(), status, ...logFields });
  if (fault?.delayMs !== undefined) await wait(fault.delayMs);
  if (fault?.cut === true) response.destroy();
  else if (fault?.cut === 'body') sendHalf(response, answer);
  else send(response, answer);
}

function applyFault(sandbox: SandboxContext, fault: Fault, normal: HttpResponse | undefined): HttpResponse {
  const distorted = normal && fault.distort ? distort(sandbox, normal, fault.distort) : normal;
  return faultAnswer(fault, distorted);
}

function execute(sandbox: SandboxContext, incoming: ServiceRequest): HandledRequest {
  if (incoming.service === 'api') return handleApi(sandbox, incoming);
  const logFields = { route: incoming.path, clientId: null, personId: null };
  try {
    return { answer: accounts(sandbox, incoming), ...logFields };
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return { answer: error.answer, ...logFields };
  }
}

function accounts(sandbox: SandboxContext, { method, path, query, headers, body }: ServiceRequest): HttpResponse {
  if (path === '/authorize')
    return method === 'GET' ? authorize(sandbox, query, { isCrossSite: isCrossSite(headers) }) : text(405, 'Method Not Allowed');
  if (method !== 'POST') return text(405, 'Method Not Allowed');
  return handleToken(sandbox, headers.authorization, new URLSearchParams(body.toString('utf8')));
}

/** Splits the URL without `new URL`, which would cost as much as the rest of the request handling. */
function splitUrl(url: string): { pathname: string; query: URLSearchParams } {
  const queryStart = url.indexOf('?');
  return queryStart === -1
    ? { pathname: url, query: NO_QUERY }
    : { pathname: url.slice(0, queryStart), query: new URLSearchParams(url.slice(queryStart + 1)) };
}

const NO_QUERY = new URLSearchParams();

function send(response: ServerResponse, { status, headers, body }: HttpResponse): void {
  response.writeHead(status, { ...headers, 'content-length': body === undefined ? 0 : Buffer.byteLength(body) });
  response.end(body);
}

function sendHalf(response: ServerResponse, { status, headers, body = '' }: HttpResponse): void {
  const whole = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': whole.length });
  response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => response.destroy());
}
