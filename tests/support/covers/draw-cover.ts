import { createLocalArt } from '#server/providers/local-art/local-art.ts';
import type { LocalArtInput } from '#shared/contracts/covers/local-art.ts';

const vendor = createLocalArt();

/** A picture of the local model as PNG; throws when it refuses the input. */
export async function drawCover(input: Partial<LocalArtInput> & Pick<LocalArtInput, 'music'>): Promise<Uint8Array> {
  const progress = await vendor.start({ renderId: 'sample', endpoint: 'local-art', body: { ...input }, files: [] }, new AbortController().signal);
  if (progress && 'kind' in progress && progress.kind === 'done') return progress.files[0]!.bytes;
  throw new Error(`local-art: ${JSON.stringify(progress)}`);
}
