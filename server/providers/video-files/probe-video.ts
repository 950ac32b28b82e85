import { AppError } from '#shared/errors.ts';
import { BufferSource, EncodedPacketSink, Input, MP4, WEBM } from 'mediabunny';
import type { ProbedVideo, VideoFiles } from '../render-ports.ts';

/** Longer or larger than any model makes; such numbers come from a damaged file. */
const SECONDS_MAX = 3_600;
const SIDE_MAX = 16_384;
/** Containers round the end of the last frame. */
const ROUNDING_SECONDS = 0.5;

/** Reads MP4 and WebM by their content, without decoding a frame. */
export function createVideoFiles(): VideoFiles {
  return { probeVideo };
}

async function probeVideo(file: Uint8Array): Promise<ProbedVideo> {
  using input = new Input({ formats: [MP4, WEBM], source: new BufferSource(file) });
  try {
    const format = await input.getFormat();
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw notPlayable('The file has no pictures.');
    // A file that was cut ends before it says, or its last frame cannot be read.
    const last = await new EncodedPacketSink(track).getPacket(Number.POSITIVE_INFINITY);
    const seconds = await input.computeDuration();
    const stated = (await input.getDurationFromMetadata()) ?? seconds;
    const [width, height] = await Promise.all([track.getDisplayWidth(), track.getDisplayHeight()]);
    const isSound = seconds > 0 && seconds <= SECONDS_MAX && Math.max(width, height) <= SIDE_MAX && Math.min(width, height) > 0;
    if (!last || last.data.length === 0 || !isSound || seconds < stated - ROUNDING_SECONDS) throw notPlayable('The file is incomplete.');
    return { mediaType: format === MP4 ? 'video/mp4' : 'video/webm', width, height, seconds };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw notPlayable('The file is not an MP4 or WebM video.', cause);
  }
}

function notPlayable(message: string, cause?: unknown): AppError {
  return new AppError('invalid_input', { message, remedy: 'Try again, or choose another model.', field: 'video', cause });
}
