const TYPES: Readonly<Record<string, string>> = {
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'image/webp': 'WebP',
  'video/mp4': 'MP4',
  'video/webm': 'WebM',
};

/** `image/png` → "PNG". */
export const fileType = (mediaType: string) => TYPES[mediaType] ?? mediaType;
