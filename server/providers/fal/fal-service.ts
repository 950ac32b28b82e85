import { createFalClient } from '@fal-ai/client';
import type { FalClient } from '@fal-ai/client';
import { AppError } from '#shared/errors.ts';
import { sendForFile, toRawResponse } from '../http.ts';
import type { RawResponse } from '../http.ts';

export const FAL = 'fal';
const QUEUE_ORIGIN = 'https://queue.fal.run';
const REST_ORIGIN = 'https://rest.fal.ai';
/** Hosts of fal's queue, and of the files it makes. */
const SERVICE_HOSTS = /^(?:[a-z\d-]+\.)?fal\.run$/;
const FILE_HOSTS = /^(?:[a-z\d-]+\.)?fal\.media$/;

export interface FalAddress {
  /** Queue, storage and files, when it is not fal itself; undefined at fal. */
  readonly url: string | undefined;
  readonly apiKey: string;
}

/**
 * What a request of fal's client ended with, instead of a result. Its name tells the client that it is final: the client repeats a submit up to three
 * times after 429, 5xx and network errors, also when `retry` is set to none, and could so pay twice.
 */
export class FalFailure extends Error {
  override readonly name = 'AbortError';
  readonly answer: AppError | RawResponse;

  constructor(answer: AppError | RawResponse) {
    super('The request to fal has no result.');
    this.answer = answer;
  }
}

/** fal's client over our own transport. `isFresh` requests do not reuse a connection. Every failure is a FalFailure. */
export function createFalHttp({ url, apiKey }: FalAddress, signal: AbortSignal): FalClient {
  const fetchFor = async (target: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const address = addressOf(target instanceof Request ? target.url : target.toString(), url);
    const body = init.body === undefined || init.body === null ? undefined : new Uint8Array(await new Response(init.body).arrayBuffer());
    const headers = Object.fromEntries(new Headers(init.headers));
    const sent = await sendForFile(FAL, { method: init.method ?? 'GET', url: address, headers, body, signal, isFresh: true }).catch(
      (error: unknown) => {
        throw error instanceof AppError ? new FalFailure(error) : error;
      },
    );
    if (sent.status >= 300) throw new FalFailure(toRawResponse(sent));
    return new Response(new Uint8Array(sent.bytes), { status: 200, headers: { 'content-type': sent.headers['content-type'] ?? 'application/json' } });
  };
  return createFalClient({ credentials: apiKey, fetch: fetchFor, suppressLocalCredentialsWarning: true });
}

function addressOf(target: string, url: string | undefined): string {
  if (url === undefined) return target;
  return target.replace(QUEUE_ORIGIN, url).replace(REST_ORIGIN, url);
}

/** True for an address that may get the key. */
export function isServiceAddress(text: string, { url }: FalAddress): boolean {
  return isAt(text, { url, hosts: SERVICE_HOSTS });
}

/** True for an address from which results are downloaded, without the key. */
export function isFileAddress(text: string, { url }: FalAddress): boolean {
  return isAt(text, { url, hosts: FILE_HOSTS });
}

/** At another address than fal's own, only that address is used. */
function isAt(text: string, { url, hosts }: { readonly url: string | undefined; readonly hosts: RegExp }): boolean {
  if (!URL.canParse(text)) return false;
  const target = new URL(text);
  if (target.username !== '' || target.password !== '') return false;
  if (url !== undefined) return target.origin === new URL(url).origin;
  return target.protocol === 'https:' && target.port === '' && hosts.test(target.hostname);
}
