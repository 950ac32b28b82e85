import { AppError } from '#shared/errors.ts';
import { sendForFile } from '../http.ts';
import type { RenderedFile, RenderProgress } from '../render-ports.ts';
import type { Resilience } from '../resilience.ts';
import { falRefusal } from './fal-refusals.ts';
import { FAL, isFileAddress } from './fal-service.ts';
import type { FalAddress } from './fal-service.ts';
import type { FalResult } from './wire.ts';

/** Above a PNG of sixteen megapixels, and above twenty seconds of video in 2160p. */
const FILE_BYTES_MAX = 128 * 1024 * 1024;
const DATA_LINK = /^data:([a-z]+\/[a-z\d.+-]+);base64,/i;

interface Download {
  readonly address: FalAddress;
  readonly policy: Resilience;
  readonly signal: AbortSignal;
}

/** Downloads the pictures or the video of a result at once, because fal deletes them. Flagged pictures are black and left out; with only those it is a refusal. */
export async function downloadResult(result: FalResult, download: Download): Promise<RenderProgress> {
  const single = result.video ?? result.image;
  const pictures = result.images ?? (single ? [single] : []);
  if (pictures.length === 0) return falRefusal('nothing_made', 'maybe');
  const kept = pictures.filter((_, index) => result.has_nsfw_concepts?.[index] !== true);
  // They were made, and are paid.
  if (kept.length === 0) return falRefusal('content', 'yes', 'prompt');
  const seed = Number.isSafeInteger(result.seed) ? String(result.seed) : null;
  const files: RenderedFile[] = [];
  for (const picture of kept) {
    const file = await downloadFile(picture.url, download);
    if (!file) return falRefusal('expired', 'yes');
    files.push({ bytes: file.bytes, mediaType: picture.content_type ?? file.mediaType, seed });
  }
  return { kind: 'done', files };
}

/** Undefined when the file is gone. The key is not sent: files need none. */
async function downloadFile(url: string, { address, policy, signal }: Download): Promise<Pick<RenderedFile, 'bytes' | 'mediaType'> | undefined> {
  const data = DATA_LINK.exec(url);
  if (data) return { bytes: Buffer.from(url.slice(data[0].length), 'base64'), mediaType: data[1] ?? '' };
  if (!isFileAddress(url, address)) throw unusable('fal named a file at an address that Segue does not open.', { host: hostOf(url) });
  const attempt = async (attemptSignal: AbortSignal) => {
    const file = await sendForFile(FAL, { method: 'GET', url, headers: { accept: '*/*' }, signal: attemptSignal, bodyBytesMax: FILE_BYTES_MAX });
    if (file.status === 200) return { bytes: file.bytes, mediaType: (file.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '' };
    if (file.status === 404 || file.status === 410 || file.status === 403) return undefined;
    throw new AppError('provider_unavailable', { message: 'fal has a server error.', context: { kind: 'Transient', status: file.status } });
  };
  return policy.run({ idempotent: true, signal, attempt });
}

function unusable(message: string, context: Record<string, unknown>): AppError {
  return new AppError('provider_rejected', { message, context: { kind: 'UnknownForm', ambiguous: true, ...context } });
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : 'none');
