import type { LoraRow } from '#server/repos/studio/loras.ts';

/** The file that a LoRA was saved from; an empty name when that is not known. */
export function loraFileOf({ header }: Pick<LoraRow, 'header'>): { readonly fileName: string; readonly bytes: number } {
  const { fileName, bytes } = header ?? {};
  return { fileName: typeof fileName === 'string' ? fileName : '', bytes: typeof bytes === 'number' ? bytes : 0 };
}
