import { pictureSize } from '#server/sandbox/edited-picture.ts';
import { falPrice } from './requests.ts';
import type { FalEndpoint, FalInput } from './requests.ts';

/** A request with the files that it names, as the model gets it. */
export interface FalOrder {
  readonly input: FalInput;
  readonly makes: FalEndpoint['makes'];
  readonly picture: Buffer | undefined;
  readonly mask: Buffer | undefined;
  readonly size: { readonly width: number; readonly height: number };
  readonly usdMicros: number;
  /** The scripted result that its files lead to; undefined when they can be read. */
  readonly fails: 'picture_unreadable' | 'mask_mismatch' | undefined;
}

/** Reads the files of a valid request. fal does so when the model starts, so a file that it cannot read fails the result, not the submit. */
export async function readFalOrder(endpoint: FalEndpoint, input: FalInput): Promise<FalOrder> {
  const [picture, mask] = [fileIn(input.image_url), fileIn(input.mask_url ?? input.mask_image_url)];
  const [pictureIs, maskIs] = await Promise.all([sizeIn(picture), sizeIn(mask)]);
  const isUnreadable = (input.image_url !== undefined && !pictureIs) || ((input.mask_url ?? input.mask_image_url) !== undefined && !maskIs);
  const isOther = pictureIs && maskIs && (pictureIs.width !== maskIs.width || pictureIs.height !== maskIs.height);
  return {
    input,
    makes: endpoint.makes,
    picture,
    mask,
    size: input.image_size ?? pictureIs ?? { width: 1024, height: 1024 },
    usdMicros: falPrice(endpoint, input, pictureIs),
    fails: isUnreadable ? 'picture_unreadable' : isOther ? 'mask_mismatch' : undefined,
  };
}

/** The sandbox opens no links: only what is in the request itself. */
function fileIn(link: string | undefined): Buffer | undefined {
  const [, data] = /^data:[a-z]+\/[a-z]+;base64,(.+)$/s.exec(link ?? '') ?? [];
  return data === undefined ? undefined : Buffer.from(data, 'base64');
}

const sizeIn = (file: Buffer | undefined) => (file ? pictureSize(file) : Promise.resolve(undefined));
