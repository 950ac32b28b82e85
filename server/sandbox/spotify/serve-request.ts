import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { readBody } from '../http-server.ts';
import { json, NOT_FOUND, Refusal, text } from './answers.ts';
import type { Answer } from './answers.ts';
import { handleApi, routeOf } from './api-door.ts';
import type { Handled } from './api-door.ts';
import { authorize } from './endpoints/authorize.ts';
import type { SandboxControl } from './control/control.ts';
import { handleControl } from './control/control-door.ts';
import { distort } from './control/distort.ts';
import { faultAnswer } from './control/faults.ts';
import type { Fault } from './control/faults.ts';
import { listenerPage } from './endpoints/listener-pages.ts';
import { picture } from './state/pictures.ts';
import { token } from './endpoints/token-endpoint.ts';
import type { World } from './state/world.ts';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface Asked {
  readonly service: 'api' | 'accounts';
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** One request from door to log: faults first, then the service that it is for. */
export function serveRequest(world: World, control: SandboxControl, exchange: Exchange): void {
  serve(world, control, exchange).catch((error: unknown) => {
    const { response } = exchange;
    if (response.headersSent) response.destroy();
    else send(response, json(500, { error: { status: 500, message: error instanceof Error ? error.message : 'Sandbox failure' } }));
  });
}

async function serve(world: World, control: SandboxControl, { request, response }: Exchange): Promise<void> {
  const { pathname, query } = parts(request.url ?? '/');
  const method = request.method ?? 'GET';
  const read = readBody(request);
  const body = Buffer.isBuffer(read) ? read : await read;
  if (body === undefined) return send(response, json(413, { error: { status: 413, message: 'Payload too large' } }));
  if (pathname.startsWith('/_sandbox/') && isForeign(world, request)) return send(response, text(403, 'Control is not for other web pages.'));
  if (pathname.startsWith('/_sandbox/'))
    return send(response, handleControl(world, control, { method, path: pathname.slice('/_sandbox'.length), query, body }));
  if (pathname.startsWith('/_images/')) return send(response, picture(world, pathname));
  const isApi = pathname.startsWith('/v1/');
  if (!isApi && pathname !== '/authorize' && pathname !== '/api/token') return send(response, listenerPage(world, pathname) ?? NOT_FOUND);
  const path = isApi ? pathname.slice('/v1'.length).replace(/\/+$/, '') : pathname;
  await exchangeWithFaults(world, { service: isApi ? 'api' : 'accounts', method, path, query, headers: request.headers, body }, response);
}

/** A web page elsewhere must not reset somebody's sandbox through their browser. */
function isForeign(world: World, { headers }: IncomingMessage): boolean {
  const isElsewhere = headers.origin !== undefined && headers.origin !== world.origin();
  return isElsewhere || `http://${headers.host}` !== world.origin();
}

async function exchangeWithFaults(world: World, asked: Asked, response: ServerResponse): Promise<void> {
  const fault = world.faults.take(asked);
  const isReplaced = fault !== undefined && (fault.status !== undefined || fault.body !== undefined || fault.cut === true);
  const truth = isReplaced && !fault.actFirst ? undefined : act(world, asked);
  const answer = fault ? faulty(world, fault, truth?.answer) : (truth?.answer ?? NOT_FOUND);
  const { service, method, path, query } = asked;
  const status = fault?.cut === true ? 0 : answer.status;
  const who = {
    route: truth?.route ?? (service === 'api' ? routeOf(method, path) : path),
    clientId: truth?.clientId ?? null,
    personId: truth?.personId ?? null,
  };
  world.log.add({ at: world.now(), service, method, path, query: query.toString(), status, ...who });
  if (fault?.delayMs !== undefined) await wait(fault.delayMs);
  if (fault?.cut === true) response.destroy();
  else if (fault?.cut === 'body') sendHalf(response, answer);
  else send(response, answer);
}

function faulty(world: World, fault: Fault, truth: Answer | undefined): Answer {
  const dirty = truth && fault.distort ? distort(world, truth, fault.distort) : truth;
  return faultAnswer(fault, dirty);
}

function act(world: World, asked: Asked): Handled {
  if (asked.service === 'api') return handleApi(world, asked);
  const who = { route: asked.path, clientId: null, personId: null };
  try {
    return { answer: accounts(world, asked), ...who };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { answer: error.answer, ...who };
  }
}

function accounts(world: World, { method, path, query, headers, body }: Asked): Answer {
  if (path === '/authorize') return method === 'GET' ? authorize(world, query) : text(405, 'Method Not Allowed');
  if (method !== 'POST') return text(405, 'Method Not Allowed');
  return token(world, headers.authorization, new URLSearchParams(body.toString('utf8')));
}

/** Splits by hand: `new URL` would cost as much as the rest of the door. */
function parts(url: string): { pathname: string; query: URLSearchParams } {
  const mark = url.indexOf('?');
  return mark === -1 ? { pathname: url, query: NO_QUERY } : { pathname: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) };
}

const NO_QUERY = new URLSearchParams();

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': body === undefined ? 0 : Buffer.byteLength(body) });
  response.end(body);
}

function sendHalf(response: ServerResponse, { status, headers, body = '' }: Answer): void {
  const whole = Buffer.from(body);
  response.writeHead(status, { ...headers, 'content-length': whole.length });
  response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => response.destroy());
}
