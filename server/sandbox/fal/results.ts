import { drawSandboxPicture } from '#server/sandbox/drawn-picture.ts';
import { drawSandboxVideo } from '#server/sandbox/drawn-video.ts';
import { blendPicture, repaintPart } from '#server/sandbox/edited-picture.ts';
import { isRefusedPrompt } from '#server/sandbox/refused-prompt.ts';
import type { VendorResponse } from '#server/sandbox/sandbox-vendor.ts';
import { textHash } from '#server/sandbox/text-hash.ts';
import type { FalRequest } from './queue.ts';
import { falSeconds } from './requests.ts';

/** Results that a submit with `plays` gets, as the model itself would answer; `flagged`, `expired` and `file_gone` are played elsewhere. */
const FAILED: Readonly<Record<string, () => VendorResponse>> = {
  content_policy: () => modelError(422, 'content_policy_violation', 'prompt'),
  nothing_made: () => modelError(422, 'no_media_generated', 'prompt'),
  input_unavailable: () => modelError(422, 'file_download_error', 'loras'),
  picture_unreadable: () => modelError(422, 'image_load_error', 'image_url'),
  mask_mismatch: () => modelError(422, 'value_error', 'mask_url'),
  invalid: () => modelError(422, 'less_than_equal', 'num_inference_steps'),
  model_error: () => ({ status: 500, body: { detail: 'Internal Server Error' } }),
  runner_lost: () => ({
    status: 503,
    headers: { 'x-fal-error-type': 'runner_disconnected' },
    body: { detail: 'Runner disconnected', error_type: 'runner_disconnected' },
  }),
};

/** The result of a completed request; `origin` is where its files are. A video has no flag: refused words are an error there. */
export function falResult(request: FalRequest, origin: string): VendorResponse {
  const { input, makes, size } = request.order;
  const { prompt = '', num_images: count = 1, output_format: format = 'jpeg' } = input;
  const isRefused = isRefusedPrompt(prompt);
  const failed = FAILED[request.plays ?? request.order.fails ?? (makes === 'video' && isRefused ? 'content_policy' : '')];
  if (failed) return failed();
  if (makes === 'video') {
    const file = { url: `${origin}/files/${request.id}/0.webm`, content_type: 'video/webm', file_name: 'output.webm' };
    return { status: 200, body: { video: request.plays === 'no_video' ? null : file, ...(input.seed === undefined ? {} : { seed: input.seed }) } };
  }
  const images = Array.from({ length: count }, (_, index) => ({
    url: `${origin}/files/${request.id}/${index}.${format}`,
    ...size,
    content_type: `image/${format}`,
  }));
  const flags = images.map((_, index) => request.plays === 'flagged' || isRefused || (request.plays === 'one_flagged' && index === 0));
  return { status: 200, body: { images, seed: seedOf(request), has_nsfw_concepts: flags, prompt, timings: { inference: 1.1 } } };
}

/** The bytes of a result's file. */
export async function falFile(request: FalRequest, index: number): Promise<VendorResponse> {
  const { input, makes, picture, mask, size } = request.order;
  const { prompt = '', output_format: format = 'jpeg', strength } = input;
  if (makes === 'video' && picture) {
    const body =
      request.plays === 'video_cut'
        ? Buffer.from('not a video')
        : await drawSandboxVideo({ picture, seconds: falSeconds(input), ratio: ratioOf(input) });
    return { status: 200, headers: { 'content-type': 'video/webm' }, body };
  }
  const isBlack = request.plays === 'flagged' || isRefusedPrompt(prompt) || (request.plays === 'one_flagged' && index === 0);
  const order = { prompt, seed: seedOf(request) + index, format };
  const bytes =
    isBlack || !picture
      ? drawSandboxPicture({ ...order, ...size, hidden: isBlack ? 'black' : undefined })
      : change({ ...order, picture, mask, strength });
  return { status: 200, headers: { 'content-type': `image/${format}` }, body: await bytes };
}

type Change = Parameters<typeof blendPicture>[0] & { readonly mask: Buffer | undefined };

/** Strength 1 would hide the picture; a person should see what it was made from. */
function change({ mask, strength = 0.5, ...order }: Omit<Change, 'strength'> & { readonly strength: number | undefined }): Promise<Buffer> {
  return mask ? repaintPart({ ...order, mask }) : blendPicture({ ...order, strength: 0.6 * strength });
}

function ratioOf({ aspect_ratio: text = 'auto' }: { readonly aspect_ratio?: string | undefined }): number | undefined {
  const [across, down] = text.split(':').map(Number);
  return across && down ? across / down : undefined;
}

const seedOf = ({ id, order }: FalRequest) => order.input.seed ?? textHash(id);

function modelError(status: number, type: string, field: string): VendorResponse {
  const detail = [{ loc: ['body', field], msg: 'The sandbox refuses this.', type, url: `https://docs.fal.ai/errors#${type}` }];
  return { status, headers: { 'x-fal-retryable': 'false' }, body: { detail } };
}
