import type { UploadedPicture } from '#shared/contracts/studio/uploaded-picture.ts';

/** Stores a picture file of the person's own. Throws an error in the form of the API's own. */
export async function sendPicture(file: File): Promise<UploadedPicture> {
  const response = await fetch('/files', { method: 'POST', body: file, headers: { 'content-type': 'application/octet-stream' } });
  const answer: unknown = await response.json();
  if (!response.ok) throw Object.assign(new Error('The file was refused.'), { data: answer });
  return answer as UploadedPicture;
}
