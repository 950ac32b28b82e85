/** The longer sides of previews in pixels. */
export const PREVIEW_WIDTHS = [64, 300, 640] as const;
export type PreviewWidth = (typeof PREVIEW_WIDTHS)[number];
