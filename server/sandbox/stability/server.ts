import { drawSandboxPicture } from '#server/sandbox/drawn-picture.ts';
import { blendPicture, cutOutSubject, enlargePicture, pictureSize, recolorPicture, repaintPart } from '#server/sandbox/edited-picture.ts';
import { createPaidLog } from '#server/sandbox/paid-calls.ts';
import type { PaidLog } from '#server/sandbox/paid-calls.ts';
import { isRefusedPrompt } from '#server/sandbox/refused-prompt.ts';
import { startSandboxVendor } from '#server/sandbox/sandbox-vendor.ts';
import type { SandboxVendor, VendorRequest, VendorResponse } from '#server/sandbox/sandbox-vendor.ts';
import { textHash } from '#server/sandbox/text-hash.ts';
import { STABILITY_FORMS, stabilityPixelsMax, stabilityPrice } from './requests.ts';
import type { StabilityForm } from './requests.ts';

/** Stability answers 413 above ten mebibytes. */
const BODY_BYTES_MAX = 10 * 1024 * 1024;
const SIDE = 1024;

/** Faults that the sandbox's Stability plays with `plays`, besides `content_filtered`, which is a blurred picture with status 200. */
const FAULTS: Readonly<Record<string, () => VendorResponse>> = {
  moderation: () => problem(403, 'content_moderation', 'Your request was flagged by our content moderation system.'),
  credits: () => problem(402, 'payment_required', 'You lack sufficient credits to make this request.'),
  unauthorized: () => problem(401, 'unauthorized', 'Missing or invalid API key.'),
  rate_limited: () => problem(429, 'rate_limit_exceeded', 'You have exceeded the rate limit of 150 requests within a 10 second period.'),
  internal: () => problem(500, 'internal_error', 'An unexpected server error has occurred.'),
};

export interface StabilitySandbox extends SandboxVendor {
  readonly paid: PaidLog['list'];
}

/** The Stability sandbox: `POST /v2beta/stable-image/{generate|edit|upscale}/…`, multipart only. */
export async function startStabilitySandbox({ port = 0 }: { readonly port?: number } = {}): Promise<StabilitySandbox> {
  const paid = createPaidLog();
  const vendor = await startSandboxVendor(port, (request) => answer(request, paid), { bodyBytesMax: BODY_BYTES_MAX });
  return { ...vendor, paid: paid.list };
}

async function answer(request: VendorRequest, paid: PaidLog): Promise<VendorResponse> {
  const { headers } = request;
  if (!/^Bearer (?!wrong)\S+$/.test(headers.authorization ?? '')) return FAULTS['unauthorized']?.() ?? problem(401, 'unauthorized', '');
  const path = /^\/v2beta\/stable-image\/([\w/-]+)$/.exec(request.path)?.[1] ?? '';
  const schema = STABILITY_FORMS[path];
  if (request.method !== 'POST' || !schema) return problem(404, 'not_found', 'The path does not exist.');
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return problem(400, 'bad_request', 'content-type: must be multipart/form-data');
  const fields = await readForm(request.body, type);
  const parsed = schema.safeParse(fields);
  if (!parsed.success) return problem(400, 'bad_request', ...parsed.error.issues.map(issueText));
  const fault = FAULTS[request.plays ?? ''];
  if (fault) return fault();
  const form: StabilityForm = parsed.data;
  const { prompt = '' } = form;
  if (isRefusedPrompt(prompt)) return FAULTS['moderation']?.() ?? problem(403, 'content_moderation', '');
  const files = await readFiles(form);
  const wrong = fileProblem(path, files);
  if (wrong !== undefined) return problem(400, 'bad_request', wrong);
  const requestId = `st-${textHash(`${paid.list().length}:${prompt}`).toString(16)}`;
  paid.add({ vendor: 'stability', requestId, endpoint: path, prompt, usdMicros: stabilityPrice(path, form) });
  return picture(path, form, { files, requestId, isFiltered: request.plays === 'content_filtered', asJson: (headers.accept ?? '').includes('json') });
}

interface SentFiles {
  readonly image: SentFile | undefined;
  readonly mask: SentFile | undefined;
}

interface Making {
  readonly files: SentFiles;
  readonly requestId: string;
  readonly isFiltered: boolean;
  readonly asJson: boolean;
}

async function picture(path: string, form: StabilityForm, { files, requestId, isFiltered, asJson }: Making): Promise<VendorResponse> {
  const seed = form.seed === undefined || form.seed === 0 ? textHash(requestId) % 4_294_967_294 : form.seed;
  const bytes = await draw(path, form, { files, seed, isFiltered });
  const finish = isFiltered ? 'CONTENT_FILTERED' : 'SUCCESS';
  const type = `image/${form.output_format}`;
  if (asJson)
    return {
      status: 200,
      headers: { 'content-type': `application/json; type=${type}` },
      body: { image: bytes.toString('base64'), finish_reason: finish, seed },
    };
  return { status: 200, headers: { 'content-type': type, 'x-request-id': requestId, 'finish-reason': finish, seed: String(seed) }, body: bytes };
}

async function draw(
  path: string,
  form: StabilityForm,
  { files: { image, mask }, seed, isFiltered }: { readonly files: SentFiles; readonly seed: number; readonly isFiltered: boolean },
): Promise<Buffer> {
  const { prompt = '', output_format: format } = form;
  if (!image || isFiltered) {
    const [across = 1, down = 1] = (form.aspect_ratio ?? '1:1').split(':').map(Number);
    const scale = SIDE / Math.sqrt(across * down);
    const size = image?.size ?? { width: Math.round(across * scale), height: Math.round(down * scale) };
    return drawSandboxPicture({ ...size, prompt, seed, format, hidden: isFiltered ? 'blurred' : undefined });
  }
  const order = { picture: image.bytes, prompt, seed, format };
  if (path === 'edit/inpaint' && mask) return repaintPart({ ...order, mask: mask.bytes });
  if (path === 'edit/search-and-replace') return recolorPicture(order);
  if (path === 'edit/remove-background') return cutOutSubject(image.bytes, format === 'jpeg' ? 'png' : format);
  if (path === 'upscale/fast') return enlargePicture(image.bytes, format);
  return blendPicture({ ...order, strength: form.strength ?? 0.5 });
}

interface SentFile {
  readonly bytes: Buffer;
  readonly size: { readonly width: number; readonly height: number } | undefined;
}

async function readFiles({ image, mask }: StabilityForm): Promise<SentFiles> {
  return { image: await readFile(image), mask: await readFile(mask) };
}

async function readFile(file: File | undefined): Promise<SentFile | undefined> {
  if (!file) return undefined;
  const bytes = Buffer.from(await file.arrayBuffer());
  return { bytes, size: await pictureSize(bytes) };
}

/** Undefined when the files can be used. */
function fileProblem(path: string, { image, mask }: SentFiles): string | undefined {
  if (image && !image.size) return 'image: must be a valid image';
  if (mask && !mask.size) return 'mask: must be a valid image';
  if (image?.size && image.size.width * image.size.height > stabilityPixelsMax(path)) return 'image: has too many pixels';
  const isOther = image?.size && mask?.size && (image.size.width !== mask.size.width || image.size.height !== mask.size.height);
  return isOther ? 'mask: must have the size of the image' : undefined;
}

/** A field that is sent twice becomes a list, which no field accepts. */
async function readForm(body: Buffer, type: string): Promise<Record<string, unknown> | undefined> {
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    return Object.fromEntries([...new Set(form.keys())].map((key) => [key, form.getAll(key).length === 1 ? form.get(key) : form.getAll(key)]));
  } catch {
    return undefined;
  }
}

function issueText(issue: { readonly code: string; readonly path: readonly PropertyKey[]; readonly message: string }): string {
  const keys = 'keys' in issue && Array.isArray(issue.keys) ? issue.keys : [];
  return keys.length > 0 ? `${String(keys[0])}: is not a known field` : `${issue.path.map(String).join('.')}: ${issue.message}`;
}

function problem(status: number, name: string, ...errors: readonly string[]): VendorResponse {
  return { status, body: { id: `error-${textHash(errors.join())}`, name, errors } };
}
