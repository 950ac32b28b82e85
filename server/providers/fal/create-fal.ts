import { AppError } from '#shared/errors.ts';
import { parseResponse, sendRequest, toVendorError } from '../http.ts';
import type { RawResponse } from '../http.ts';
import type { RequestBudget } from '../ports.ts';
import type { RenderRequest, RenderTicket, RenderVendor } from '../render-ports.ts';
import { createResilience } from '../resilience.ts';
import type { ResilienceOptions } from '../resilience.ts';
import { falRefusal, refusedResult, refusedSubmit } from './fal-refusals.ts';
import { downloadResult } from './fal-results.ts';
import { createFalHttp, FAL, FalFailure, isServiceAddress } from './fal-service.ts';
import type { FalAddress } from './fal-service.ts';
import { falResultWire, falStatusWire, falTicketWire } from './wire.ts';

const TIMEOUT_MS = 60_000;

export interface FalConfig extends FalAddress {
  readonly budget: RequestBudget;
  readonly now: () => Date;
  readonly resilience?: Pick<ResilienceOptions, 'timeoutMs' | 'attemptsMax' | 'firstDelayMs' | 'breaker' | 'breakerState' | 'random'> | undefined;
}

/**
 * Image models served by fal, through its queue. A ticket: IN_QUEUE → IN_PROGRESS → COMPLETED, then its result is read and its files are downloaded in the
 * same poll. The addresses of a ticket are fal's own; one that is not at fal never gets the key.
 */
export function createFal({ budget, now, resilience, ...given }: FalConfig): RenderVendor {
  const address: FalAddress = { ...given, url: given.url?.replace(/\/+$/, '') };
  const policy = createResilience({ timeoutMs: TIMEOUT_MS, ...resilience, vendor: FAL, budget, now });
  const ask = (method: 'GET' | 'PUT', url: string, signal: AbortSignal): Promise<RawResponse> =>
    policy.run({
      idempotent: true,
      signal,
      attempt: async (attemptSignal) => {
        const response = await sendRequest(FAL, { method, url, headers: { authorization: `Key ${address.apiKey}` }, signal: attemptSignal });
        // A failed model answers with its own 5xx; only those without fal's format are repeated.
        if (response.status >= 500 && typeof response.body !== 'object') throw toVendorError(FAL, { ...response, body: null }, now());
        return response;
      },
    });
  const readStatus = async (ticket: RenderTicket, signal: AbortSignal) => {
    const response = await ask('GET', ticket.statusUrl, signal);
    if (response.status === 404 || response.status === 410) return undefined;
    if (response.status !== 200 && response.status !== 202) throw toVendorError(FAL, { ...response, body: null }, now());
    return parseResponse(FAL, falStatusWire, response);
  };
  return {
    start: (request, signal) =>
      policy.run({
        idempotent: false,
        repeatsFailed: true,
        signal,
        beforeSend: request.beforeSend,
        attempt: (attemptSignal) => submit(request, { address, now, signal: attemptSignal }),
      }),
    poll: async (ticket, signal) => {
      if (!isOwnTicket(ticket, address)) return falRefusal('expired', 'maybe');
      const status = await readStatus(ticket, signal);
      if (!status) return falRefusal('expired', 'maybe');
      if (status.status === 'IN_QUEUE') return { kind: 'queued', position: status.queue_position ?? null };
      if (status.status === 'IN_PROGRESS') return { kind: 'running', percent: null };
      const response = await ask('GET', ticket.responseUrl, signal);
      if (response.status !== 200) return refusedResult(response, { endpoint: endpointOf(ticket), now: now() });
      return downloadResult(parseResponse(FAL, falResultWire, response), { address, policy, signal });
    },
    cancel: async (ticket, signal) => {
      if (!isOwnTicket(ticket, address)) return 'too_late';
      const response = await ask('PUT', ticket.cancelUrl, signal);
      if (response.status >= 300) return 'too_late';
      // A request to cancel may lose against the start of the work.
      const status = await readStatus(ticket, signal);
      return status === undefined || status.status === 'IN_QUEUE' ? 'canceled' : 'too_late';
    },
  };
}

/** Sends the request once. An answer without a usable ticket was accepted, so it counts as unknown. */
async function submit(
  request: RenderRequest,
  { address, now, signal }: { readonly address: FalAddress; readonly now: () => Date; readonly signal: AbortSignal },
): ReturnType<RenderVendor['start']> {
  const files = request.files.map(({ field, mediaType, bytes }) => [field, `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`]);
  const input = { ...request.body, ...Object.fromEntries(files) };
  const answer = await createFalHttp(address, signal)
    .queue.submit(request.endpoint, { input, abortSignal: signal })
    .catch((error: unknown) => {
      if (error instanceof FalFailure) return error;
      throw unusable(error);
    });
  if (answer instanceof FalFailure) {
    if (answer.answer instanceof AppError) throw answer.answer;
    return refusedSubmit(answer.answer, { endpoint: request.endpoint, now: now() });
  }
  const parsed = falTicketWire.safeParse(answer);
  if (!parsed.success) throw unusable(parsed.error);
  const { request_id: requestId, status_url: statusUrl, response_url: responseUrl, cancel_url: cancelUrl } = parsed.data;
  const ticket = { requestId, statusUrl, responseUrl, cancelUrl };
  if (!isOwnTicket(ticket, address)) throw unusable(undefined);
  return ticket;
}

const isOwnTicket = (ticket: RenderTicket, address: FalAddress) =>
  [ticket.statusUrl, ticket.responseUrl, ticket.cancelUrl].every((url) => isServiceAddress(url, address));

/** The application of a ticket, without the sub-path that fal drops: the names of fields are the same in all of them. */
const endpointOf = ({ responseUrl }: RenderTicket) => new URL(responseUrl).pathname.split('/').slice(1, 3).join('/');

function unusable(cause: unknown): AppError {
  return new AppError('provider_rejected', {
    message: 'fal sent a response that Segue cannot read.',
    remedy: 'Try again. If it keeps failing, check for a newer version of Segue.',
    context: { kind: 'UnknownForm', ambiguous: true },
    cause,
  });
}
