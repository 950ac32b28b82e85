import { createHash } from 'node:crypto';
import type { VendorRequest, VendorResponse } from '#server/sandbox/sandbox-vendor.ts';

/** A file that was uploaded: its name, size and digest; the bytes are not kept. */
interface StoredUpload {
  readonly url: string;
  readonly fileName: string;
  bytes: number;
  sha256: string;
}

/** fal's storage as its client uses it: initiate with the key, then a PUT of the bytes, in parts above ninety megabytes. */
export function createFalStorage() {
  const uploads: (StoredUpload & { readonly parts: Map<number, Buffer> })[] = [];
  const initiated = (request: VendorRequest, origin: string): VendorResponse => {
    if (!/^Key (?!wrong)\S+$/.test(request.headers.authorization ?? '')) return { status: 401, body: { detail: 'Authentication is required.' } };
    const { file_name: fileName = '' } = JSON.parse(request.body.toString('utf8')) as { file_name?: string };
    const at = uploads.length;
    const url = `${origin}/storage/files/${at}/${encodeURIComponent(fileName)}`;
    uploads.push({ url, fileName, bytes: 0, sha256: '', parts: new Map() });
    return { status: 200, body: { upload_url: `${origin}/storage/put/${at}`, file_url: url } };
  };
  const put = (request: VendorRequest, at: number, part: number): VendorResponse => {
    const upload = uploads[at];
    if (!upload) return { status: 404, body: { detail: 'Not Found' } };
    upload.parts.set(part, request.body);
    const whole = Buffer.concat([...upload.parts].toSorted(([a], [b]) => a - b).map(([, bytes]) => bytes));
    Object.assign(upload, { bytes: whole.length, sha256: createHash('sha256').update(whole).digest('hex') });
    return { status: 200, body: { etag: `part-${part}`, partNumber: part } };
  };
  return {
    /** Undefined for a request that is not about storage. */
    answer: (request: VendorRequest, origin: string): VendorResponse | undefined => {
      if (request.method === 'POST' && /^\/storage\/upload\/initiate(?:-multipart)?$/.test(request.path)) return initiated(request, origin);
      const [, at, part = '1'] = /^\/storage\/put\/(\d+)(?:\/(\d+|complete))?$/.exec(request.path) ?? [];
      if (at === undefined) return undefined;
      return part === 'complete' ? { status: 200, body: {} } : put(request, Number(at), Number(part));
    },
    list: (): readonly StoredUpload[] => uploads,
  };
}

export type FalStorage = ReturnType<typeof createFalStorage>;
