import { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Output, WebMOutputFormat } from 'mediabunny';
import sharp from 'sharp';

interface VideoOrder {
  /** The first frame. */
  readonly picture: Buffer;
  readonly seconds: number;
  /** Width ÷ height; undefined for that of the picture, which is cropped otherwise. */
  readonly ratio?: number | undefined;
}

/** The longer side in pixels: small enough to be made in half a second. */
const LONG_SIDE = 320;
const FRAMES_PER_SECOND = 8;
/** How far the last frame has moved into the picture. */
const ZOOM = 0.22;

/** What the metadata of a video of the sandbox says. */
export const SANDBOX_PLACE = '+48.2082+016.3738/';
export const SANDBOX_TAGS = { title: 'Sandbox clip', artist: 'Ada of the sandbox', comment: 'Made by the sandbox' } as const;

/** A WebM that plays in every browser: the picture, slowly approached. Each frame is a key frame that libwebp wrote, so no video encoder is needed. */
export async function drawSandboxVideo({ picture, seconds, ratio }: VideoOrder): Promise<Buffer> {
  const { width: across, height: down } = await sharp(picture).metadata();
  const shape = ratio ?? across / down;
  const [width, height] = [even(shape >= 1 ? LONG_SIDE : LONG_SIDE * shape), even(shape >= 1 ? LONG_SIDE / shape : LONG_SIDE)];
  const large = { width: Math.ceil(width * (1 + ZOOM)), height: Math.ceil(height * (1 + ZOOM)) };
  const pixels = await sharp(picture)
    .flatten()
    .resize({ ...large, fit: 'cover' })
    .removeAlpha()
    .raw()
    .toBuffer();
  const target = new BufferTarget();
  const output = new Output({ format: new WebMOutputFormat(), target });
  const track = new EncodedVideoPacketSource('vp8');
  output.addVideoTrack(track, { frameRate: FRAMES_PER_SECOND, name: SANDBOX_TAGS.title });
  // Encoders write such things, and they are nobody's business.
  output.setMetadataTags({ ...SANDBOX_TAGS, raw: { LOCATION: SANDBOX_PLACE } });
  await output.start();
  const count = Math.round(seconds * FRAMES_PER_SECOND);
  const meta = { decoderConfig: { codec: 'vp8', codedWidth: width, codedHeight: height } };
  for (let index = 0; index < count; index += 1) {
    const share = count > 1 ? index / (count - 1) : 0;
    const part = partAt(share, { from: large, to: { width, height } });
    const frame = await sharp(pixels, { raw: { ...large, channels: 3 } })
      .extract(part)
      .resize(width, height)
      .webp({ quality: 60, effort: 0 })
      .toBuffer();
    const packet = new EncodedPacket(keyFrameOf(frame), 'key', index / FRAMES_PER_SECOND, 1 / FRAMES_PER_SECOND);
    await (index === 0 ? track.add(packet, meta) : track.add(packet));
  }
  await output.finalize();
  return Buffer.from(target.buffer ?? new ArrayBuffer(0));
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** From the whole to the middle. */
function partAt(share: number, { from, to }: { readonly from: Size; readonly to: Size }) {
  const [width, height] = [Math.round(from.width - share * (from.width - to.width)), Math.round(from.height - share * (from.height - to.height))];
  return { left: Math.floor((from.width - width) / 2), top: Math.floor((from.height - height) / 2), width, height };
}

/** The VP8 key frame in the chunk `VP8 ` of a lossy WebP (RFC 9649). */
function keyFrameOf(webp: Buffer): Uint8Array {
  for (let at = 12; at + 8 <= webp.length;) {
    const bytes = webp.readUInt32LE(at + 4);
    if (webp.toString('latin1', at, at + 4) === 'VP8 ') return new Uint8Array(webp.subarray(at + 8, at + 8 + bytes));
    at += 8 + bytes + (bytes % 2);
  }
  throw new Error('The picture has no VP8 frame.');
}

const even = (pixels: number) => Math.max(2, 2 * Math.round(pixels / 2));
