import { AppError } from '#shared/errors.ts';
import { EncodedPacketSink, MP4 } from 'mediabunny';
import type { Input } from 'mediabunny';
import type { ProbedVideo } from '../render-ports.ts';

/** Longer or larger than any model makes; such numbers come from a damaged file. */
const SECONDS_MAX = 3_600;
const SIDE_MAX = 16_384;
/** Containers round the end of the last frame. */
const ROUNDING_SECONDS = 0.5;

/** What a video is, by its content. Throws `invalid_input` for anything but a whole MP4 or WebM with pictures. */
export async function probeVideo(input: Input): Promise<ProbedVideo> {
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

/** The error for a file that is no video, or none that can be kept. */
export function notPlayable(message: string, cause?: unknown): AppError {
  return new AppError('invalid_input', { message, remedy: 'Try again, or choose another model.', field: 'video', cause });
}
