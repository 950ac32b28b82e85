import { drawSandboxPicture } from '#server/sandbox/drawn-picture.ts';
import { isRefusedPrompt } from '#server/sandbox/refused-prompt.ts';
import type { VendorResponse } from '#server/sandbox/sandbox-vendor.ts';
import { textHash } from '#server/sandbox/text-hash.ts';
import type { FalRequest } from './queue.ts';

/** Results that a submit with `plays` gets, as the model itself would answer; `flagged`, `expired` and `file_gone` are played elsewhere. */
const FAILED: Readonly<Record<string, () => VendorResponse>> = {
  content_policy: () => modelError(422, 'content_policy_violation', 'prompt'),
  nothing_made: () => modelError(422, 'no_media_generated', 'prompt'),
  input_unavailable: () => modelError(422, 'file_download_error', 'loras'),
  invalid: () => modelError(422, 'less_than_equal', 'num_inference_steps'),
  model_error: () => ({ status: 500, body: { detail: 'Internal Server Error' } }),
  runner_lost: () => ({
    status: 503,
    headers: { 'x-fal-error-type': 'runner_disconnected' },
    body: { detail: 'Runner disconnected', error_type: 'runner_disconnected' },
  }),
};

/** The result of a completed request; `origin` is where its files are. */
export function falResult(request: FalRequest, origin: string): VendorResponse {
  const failed = FAILED[request.plays ?? ''];
  if (failed) return failed();
  const isFlagged = request.plays === 'flagged' || isRefusedPrompt(request.input.prompt);
  const { image_size: size, num_images: count, output_format: format } = request.input;
  const images = Array.from({ length: count }, (_, index) => ({
    url: `${origin}/files/${request.id}/${index}.${format}`,
    ...size,
    content_type: `image/${format}`,
  }));
  const flags = images.map((_, index) => isFlagged || (request.plays === 'one_flagged' && index === 0));
  return {
    status: 200,
    body: { images, seed: seedOf(request), has_nsfw_concepts: flags, prompt: request.input.prompt, timings: { inference: 1.1 } },
  };
}

/** The bytes of a result's file. */
export async function falFile(request: FalRequest, index: number): Promise<VendorResponse> {
  const { prompt, image_size: size, output_format: format } = request.input;
  const isBlack = request.plays === 'flagged' || isRefusedPrompt(prompt) || (request.plays === 'one_flagged' && index === 0);
  const bytes = await drawSandboxPicture({ prompt, seed: seedOf(request) + index, ...size, format, hidden: isBlack ? 'black' : undefined });
  return { status: 200, headers: { 'content-type': `image/${format}` }, body: bytes };
}

const seedOf = ({ id, input }: FalRequest) => input.seed ?? textHash(id);

function modelError(status: number, type: string, field: string): VendorResponse {
  const detail = [{ loc: ['body', field], msg: 'The sandbox refuses this.', type, url: `https://docs.fal.ai/errors#${type}` }];
  return { status, headers: { 'x-fal-retryable': 'false' }, body: { detail } };
}
