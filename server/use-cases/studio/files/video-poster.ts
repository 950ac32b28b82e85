import type { RenderRow } from '#server/repos/studio/renders.ts';

/** The digest of the picture that a video starts from, which is its first frame; undefined for a video that starts from none. */
export function posterOf({ values, inputFiles }: Pick<RenderRow, 'values' | 'inputFiles'>): string | undefined {
  const pictures = values['image'];
  const first: unknown = Array.isArray(pictures) ? pictures[0] : undefined;
  return typeof first === 'string' ? inputFiles[first]?.sha256 : undefined;
}
