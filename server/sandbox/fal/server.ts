import type { z } from 'zod';
import type { PaidCall } from '#server/sandbox/paid-calls.ts';
import { startSandboxVendor } from '#server/sandbox/sandbox-vendor.ts';
import type { SandboxVendor, VendorRequest, VendorResponse } from '#server/sandbox/sandbox-vendor.ts';
import { createFalQueue } from './queue.ts';
import type { FalQueue, FalRequest, FalTiming } from './queue.ts';
import { readFalOrder } from './orders.ts';
import { FAL_ENDPOINTS } from './requests.ts';
import type { FalEndpoint } from './requests.ts';
import { falFile, falResult } from './results.ts';
import { createFalStorage } from './storage.ts';
import type { FalStorage } from './storage.ts';

/** fal keeps results of ten kilobytes and more this long. */
const KEPT_MS = 6 * 60_000;
const PRICES_MAX = 50;
const BODY_BYTES_MAX = 100 * 1024 * 1024;

/** Faults of a submit that the sandbox's fal plays with `plays`; the others decide the result, see results.ts. */
const REFUSED: Readonly<Record<string, () => VendorResponse>> = {
  credits: () => ({ status: 403, body: { detail: 'User is locked. Reason: Exhausted balance. Top up your balance.' } }),
  rate_limited: () => ({ status: 429, body: { detail: 'Too many requests' } }),
};

export interface FalSandbox extends SandboxVendor {
  readonly paid: () => readonly PaidCall[];
  readonly setTiming: (timing: FalTiming | undefined) => void;
  /** Files that were uploaded, by their link. */
  readonly uploads: FalStorage['list'];
}

interface FalSandboxOptions {
  readonly port?: number;
  readonly now?: () => number;
  /** By path. Default: those that the registry knows. */
  readonly endpoints?: Readonly<Record<string, FalEndpoint>>;
}

/** The fal sandbox: queue, storage and files at one address. */
export async function startFalSandbox({ port = 0, now = Date.now, endpoints = FAL_ENDPOINTS }: FalSandboxOptions = {}): Promise<FalSandbox> {
  const queue = createFalQueue(now);
  const storage = createFalStorage();
  const vendor = await startSandboxVendor(port, (request) => answer(request, { queue, storage, now, endpoints }), { bodyBytesMax: BODY_BYTES_MAX });
  return { ...vendor, paid: queue.paid, setTiming: queue.setTiming, uploads: storage.list };
}

interface Parts {
  readonly queue: FalQueue;
  readonly storage: FalStorage;
  readonly now: () => number;
  readonly endpoints: Readonly<Record<string, FalEndpoint>>;
}

async function answer(request: VendorRequest, parts: Parts): Promise<VendorResponse> {
  const origin = `http://${request.headers.host}`;
  const [, file, index] = /^\/files\/([\da-f-]+)\/(\d+)\.\w+$/.exec(request.path) ?? [];
  if (file !== undefined) return servedFile(parts.queue.find(file), Number(index));
  const stored = parts.storage.answer(request, origin);
  if (stored) return stored;
  if (!/^Key (?!wrong)\S+$/.test(request.headers.authorization ?? '')) return problem(401, 'Cannot access application. Authentication is required.');
  if (request.method === 'GET' && request.path === '/v1/models/pricing') return pricesOf(request, parts.endpoints);
  const [, id, action] = /^\/[\w-]+\/[\w.-]+\/requests\/([\da-f-]+)(?:\/(status|cancel))?$/.exec(request.path) ?? [];
  if (id === undefined) return request.method === 'POST' ? submitted(request, { ...parts, origin }) : problem(404, 'Not Found');
  const found = parts.queue.find(id);
  if (!found || found.isCanceled || isGone(found, parts.now())) return problem(404, 'Request not found');
  if (action === 'status') return statusOf(found, { queue: parts.queue, origin });
  if (action === 'cancel') return canceled(request, found, parts.queue);
  return parts.queue.stateOf(found) === 'COMPLETED' ? resultOf(found, origin) : problem(400, 'Request is still in progress');
}

async function submitted(request: VendorRequest, { queue, endpoints, origin }: Parts & { readonly origin: string }): Promise<VendorResponse> {
  const refused = REFUSED[request.plays ?? ''];
  if (refused) return refused();
  const path = request.path.slice(1);
  const endpoint = endpoints[path];
  if (!endpoint) return problem(404, 'Application not found');
  const parsed = endpoint.input.safeParse(jsonOf(request.body));
  if (!parsed.success) return invalid(parsed.error);
  const added = queue.add({ endpoint: path, order: await readFalOrder(endpoint, parsed.data), plays: request.plays });
  return { status: 200, body: { status: 'IN_QUEUE', queue_position: queue.position(added), ...ticketOf(added, origin) } };
}

/** `GET /v1/models/pricing`, of one to fifty endpoints; those that fal does not have are left out. */
function pricesOf({ query }: VendorRequest, endpoints: Parts['endpoints']): VendorResponse {
  const asked = query.getAll('endpoint_id').flatMap((each) => each.split(','));
  if (asked.length === 0 || asked.length > PRICES_MAX) return problem(400, 'endpoint_id: takes 1 to 50');
  const prices = asked.flatMap((path) => {
    const endpoint = endpoints[path];
    return endpoint ? [{ endpoint_id: path, unit_price: endpoint.usdMicros / 1_000_000, unit: endpoint.unit, currency: 'USD' }] : [];
  });
  return { status: 200, body: { prices, next_cursor: null, has_more: false } };
}

/** fal drops the sub-path of an endpoint: `fal-ai/flux/dev` becomes `fal-ai/flux`. */
function ticketOf({ id, endpoint }: FalRequest, origin: string) {
  const base = `${origin}/${endpoint.split('/').slice(0, 2).join('/')}/requests/${id}`;
  return { request_id: id, response_url: base, status_url: `${base}/status`, cancel_url: `${base}/cancel` };
}

function statusOf(request: FalRequest, { queue, origin }: { readonly queue: FalQueue; readonly origin: string }): VendorResponse {
  const status = queue.look(request);
  const position = status === 'IN_QUEUE' ? { queue_position: queue.position(request) } : {};
  return { status: status === 'COMPLETED' ? 200 : 202, body: { status, ...position, ...ticketOf(request, origin) } };
}

function canceled(request: VendorRequest, found: FalRequest, queue: FalQueue): VendorResponse {
  if (request.method !== 'PUT') return problem(405, 'Method Not Allowed');
  if (queue.stateOf(found) === 'COMPLETED') return { status: 400, body: { status: 'ALREADY_COMPLETED' } };
  if (queue.stateOf(found) === 'IN_PROGRESS') return { status: 202, body: { status: 'CANCELLATION_REQUESTED' } };
  found.isCanceled = true;
  return { status: 200, body: { status: 'OK' } };
}

const isGone = (request: FalRequest, nowMs: number) => request.completedMs !== undefined && nowMs - request.completedMs > KEPT_MS;
const resultOf = (request: FalRequest, origin: string) =>
  request.plays === 'expired' ? problem(404, 'Request not found') : falResult(request, origin);
const servedFile = async (request: FalRequest | undefined, index: number) =>
  !request || request.plays === 'file_gone' || index >= (request.order.input.num_images ?? 1) ? problem(404, 'Not Found') : falFile(request, index);

function problem(status: number, detail: string): VendorResponse {
  return { status, body: { detail } };
}

function invalid(error: z.ZodError): VendorResponse {
  const detail = error.issues.map((issue) => {
    const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
    return { loc: ['body', ...issue.path.map(String), ...extra], msg: issue.message, type: extra.length > 0 ? 'extra_forbidden' : 'value_error' };
  });
  return { status: 422, body: { detail } };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
