import type { RenderProgress, RenderTicket, RenderVendor } from '#server/providers/render-ports.ts';
import { AppError } from '#shared/errors.ts';

interface Answered {
  readonly status: number;
  readonly body: { readonly requestId?: string; readonly position?: number; readonly paid?: boolean };
  /** The picture of an answer that is one. */
  readonly file?: { readonly bytes: Uint8Array; readonly seed: string | null };
}

interface ClientOptions {
  /** `queue` gives tickets, `direct` answers in one request. */
  readonly way: 'queue' | 'direct';
}

/** The adapter of `startPaidVendor`, so that several processes share one vendor. It never repeats a request. */
export function createPaidVendorClient(url: string, { way }: ClientOptions): RenderVendor {
  return {
    start: async ({ renderId, beforeSend }, signal) => {
      await beforeSend?.();
      const answer = await request(`${url}/${way}`, { method: 'POST', body: JSON.stringify({ renderId }), signal });
      if (answer.status === 429)
        throw new AppError('rate_limited', { message: 'The vendor is busy.', retryAfterMs: 1, context: { ambiguous: false } });
      if (answer.status === 503) throw new AppError('provider_unavailable', { message: 'The vendor is down.', context: { ambiguous: false } });
      const { requestId } = answer.body;
      return requestId === undefined ? progressOf(answer) : ticketOf(`${url}/queue/${requestId}`, requestId);
    },
    poll: async (ticket, signal) => progressOf(await request(ticket.statusUrl, { signal })),
    cancel: async (ticket, signal) => ((await request(ticket.cancelUrl, { method: 'PUT', signal })).status === 200 ? 'canceled' : 'too_late'),
  };
}

function ticketOf(base: string, requestId: string): RenderTicket {
  return { requestId, statusUrl: base, responseUrl: base, cancelUrl: `${base}/cancel` };
}

function progressOf({ status, body, file }: Answered): RenderProgress {
  if (status === 202) return { kind: 'queued', position: body.position ?? null };
  if (status === 403)
    return { kind: 'refused', reason: 'content', message: 'The vendor refused the words.', charged: body.paid === true ? 'yes' : 'no' };
  if (status === 404) return { kind: 'refused', reason: 'canceled', message: 'The vendor dropped the request.', charged: 'no' };
  if (status === 410) return { kind: 'refused', reason: 'expired', message: 'The vendor has deleted the picture.', charged: 'yes' };
  return { kind: 'done', files: file ? [{ ...file, mediaType: 'image/png' }] : [] };
}

async function request(url: string, init: RequestInit): Promise<Answered> {
  try {
    const response = await fetch(url, init);
    const { status } = response;
    if (response.headers.get('content-type') !== 'image/png') return { status, body: (await response.json()) as Answered['body'] };
    return { status, body: {}, file: { bytes: new Uint8Array(await response.arrayBuffer()), seed: response.headers.get('x-seed') } };
  } catch (cause) {
    throw new AppError('provider_unavailable', { message: 'The vendor did not answer.', context: { ambiguous: true }, cause });
  }
}
