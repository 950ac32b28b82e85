import { AppError } from '#shared/errors.ts';
import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';
import type { InputAudioTrack, InputVideoTrack } from 'mediabunny';
import type { BareVideo, VideoFiles } from '../render-ports.ts';
import { clearTimes } from './clear-times.ts';
import { notPlayable, probeVideo } from './probe-video.ts';

/** Lengths that differ by less are equal but for rounding. */
const SAME_SECONDS = 1e-6;

/** Reads MP4 and WebM by their content, without decoding a frame. */
export function createVideoFiles(): VideoFiles {
  return { bareVideo };
}

/**
 * The pictures and the sound of a video in a new file of the same kind, packet by packet as they are. Nothing else of the file is copied: no tags, places,
 * names, times, chapters, attachments or data tracks. The same file gives the same bytes.
 */
async function bareVideo(file: Uint8Array): Promise<BareVideo> {
  using input = new Input({ formats: [MP4, WEBM], source: new BufferSource(file) });
  const facts = await probeVideo(input);
  try {
    const target = new BufferTarget();
    const isMp4 = facts.mediaType === 'video/mp4';
    const output = new Output({ format: isMp4 ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat(), target });
    // Sound may begin before its picture; a file begins at 0.
    const laterSeconds = Math.max(0, -(await input.getFirstTimestamp()));
    const copies = [
      ...(await Promise.all((await input.getVideoTracks()).map((track) => addPictures(output, track, laterSeconds)))),
      ...(await Promise.all((await input.getAudioTracks()).map((track) => addSound(output, track, laterSeconds)))),
    ];
    await output.start();
    // Together, because the file has their packets in the order of time.
    await Promise.all(copies.map((copy) => copy()));
    await output.finalize();
    const bytes = new Uint8Array(target.buffer ?? new ArrayBuffer(0));
    if (isMp4) clearTimes(bytes);
    return { ...facts, bytes };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw notPlayable('The file has pictures or sound in a form that Segue does not know.', cause);
  }
}

async function addPictures(output: Output, track: InputVideoTrack, laterSeconds: number): Promise<() => Promise<void>> {
  const [codec, decoderConfig, rotation] = await Promise.all([track.getCodec(), track.getDecoderConfig(), track.getRotation()]);
  if (!codec || !decoderConfig) throw notPlayable('The file has pictures in a form that Segue does not know.');
  const source = new EncodedVideoPacketSource(codec);
  const frameRate = await evenFrameRate(track);
  output.addVideoTrack(source, { rotation, ...(frameRate === undefined ? {} : { frameRate }) });
  return async () => {
    for await (const packet of new EncodedPacketSink(track).packets())
      await source.add(packet.clone({ timestamp: packet.timestamp + laterSeconds }), { decoderConfig });
    source.close();
  };
}

/** Frames a second when every frame lasts equally long; WebM has no other place for the length of a last frame. */
async function evenFrameRate(track: InputVideoTrack): Promise<number | undefined> {
  let [shortest, longest] = [Number.POSITIVE_INFINITY, 0];
  for await (const { duration } of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true }))
    [shortest, longest] = [Math.min(shortest, duration), Math.max(longest, duration)];
  return shortest > 0 && longest - shortest < SAME_SECONDS ? 1 / shortest : undefined;
}

async function addSound(output: Output, track: InputAudioTrack, laterSeconds: number): Promise<() => Promise<void>> {
  const [codec, decoderConfig] = await Promise.all([track.getCodec(), track.getDecoderConfig()]);
  if (!codec || !decoderConfig) throw notPlayable('The file has sound in a form that Segue does not know.');
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  return async () => {
    for await (const packet of new EncodedPacketSink(track).packets())
      await source.add(packet.clone({ timestamp: packet.timestamp + laterSeconds }), { decoderConfig });
    source.close();
  };
}
