import { createHash } from 'node:crypto';
import { startSandboxVendor } from '#server/sandbox/sandbox-vendor.ts';
import type { SandboxVendor, VendorRequest, VendorResponse } from '#server/sandbox/sandbox-vendor.ts';
import { signatureProblem } from './signature.ts';
import type { S3Key } from './signature.ts';

/**
 * A store of one bucket, path style only. Faults by `plays`: `access_denied`, `slow_down`, `full`, `no_conditions` (a store that does not know
 * If-None-Match), `half` (half of the object, as if it were whole).
 */
export interface S3Sandbox extends SandboxVendor {
  readonly key: S3Key;
  readonly bucket: string;
  /** Object names with their sizes, in order. */
  objects(): readonly (readonly [name: string, bytes: number])[];
  /** Replaces the bytes of an object, as a failing store would. */
  damage(name: string, bytes: Uint8Array): void;
}

interface StoredObject {
  readonly bytes: Buffer;
  readonly writtenAt: Date;
}

const BUCKET = 'segue-assets';
const OBJECT_BYTES_MAX = 512 * 1024 * 1024;
const KEY: S3Key = { accessKeyId: 'AKIASANDBOX', secretAccessKey: 'sandbox-secret-of-no-value', region: 'eu-central-1' };

const STATUS: Readonly<Record<string, number>> = {
  NoSuchKey: 404,
  NoSuchBucket: 404,
  MethodNotAllowed: 405,
  PreconditionFailed: 412,
  InvalidRange: 416,
  NotImplemented: 501,
  SlowDown: 503,
  XMinioStorageFull: 507,
  XAmzContentSHA256Mismatch: 400,
  AuthorizationHeaderMalformed: 400,
};

/** The S3 sandbox: PUT, GET, HEAD and DELETE of objects, ListObjectsV2, HEAD of the bucket; signatures are verified. Objects are in memory. */
export async function startS3Sandbox({
  port = 0,
  now: clock = Date.now,
}: { readonly port?: number; readonly now?: () => number } = {}): Promise<S3Sandbox> {
  const objects = new Map<string, StoredObject>();
  const now = () => new Date(clock());
  const vendor = await startSandboxVendor(port, (request) => answer(request, { objects, now }), { bodyBytesMax: OBJECT_BYTES_MAX });
  return {
    ...vendor,
    key: KEY,
    bucket: BUCKET,
    objects: () => [...objects].map(([name, { bytes }]) => [name, bytes.length] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    damage: (name, bytes) => void objects.set(name, { bytes: Buffer.from(bytes), writtenAt: now() }),
  };
}

interface Store {
  readonly objects: Map<string, StoredObject>;
  readonly now: () => Date;
}

function answer(request: VendorRequest, store: Store): VendorResponse {
  if (request.plays === 'access_denied') return failure('AccessDenied');
  const problem = signatureProblem(request, KEY, store.now());
  if (problem !== undefined) return failure(problem);
  if (request.plays === 'slow_down') return failure('SlowDown');
  const [, bucket = '', ...rest] = request.path.split('/');
  if (bucket !== BUCKET) return failure('NoSuchBucket');
  const name = rest.map(decodeURIComponent).join('/');
  if (name === '') return answerBucket(request, store);
  if (request.method === 'PUT') return putObject(request, name, store);
  if (request.method === 'DELETE') {
    store.objects.delete(name);
    return { status: 204, body: '' };
  }
  return request.method === 'GET' || request.method === 'HEAD' ? getObject(request, store.objects.get(name)) : failure('MethodNotAllowed');
}

function answerBucket({ method, query }: VendorRequest, { objects }: Store): VendorResponse {
  if (method === 'HEAD') return { status: 200, body: '' };
  if (method !== 'GET' || query.get('list-type') !== '2') return failure('MethodNotAllowed');
  const prefix = query.get('prefix') ?? '';
  const after = Buffer.from(query.get('continuation-token') ?? '', 'base64').toString();
  const limit = Math.min(1000, Number(query.get('max-keys') ?? 1000));
  const names = [...objects.keys()].filter((name) => name.startsWith(prefix) && name > after).toSorted();
  const page = names.slice(0, limit);
  const isCut = names.length > page.length;
  const contents = page.map((name) => {
    const { bytes, writtenAt } = objects.get(name) ?? { bytes: Buffer.alloc(0), writtenAt: new Date(0) };
    return `<Contents><Key>${escape(name)}</Key><LastModified>${writtenAt.toISOString()}</LastModified><ETag>${escape(etagOf(bytes))}</ETag><Size>${bytes.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
  });
  const next = isCut ? `<NextContinuationToken>${Buffer.from(page.at(-1) ?? '').toString('base64')}</NextContinuationToken>` : '';
  return xml(
    200,
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${BUCKET}</Name><Prefix>${escape(prefix)}</Prefix><KeyCount>${page.length}</KeyCount><MaxKeys>${limit}</MaxKeys><IsTruncated>${isCut}</IsTruncated>${contents.join('')}${next}</ListBucketResult>`,
  );
}

function putObject({ headers, body, plays }: VendorRequest, name: string, { objects, now }: Store): VendorResponse {
  const condition = headers['if-none-match'];
  if (plays === 'full') return failure('XMinioStorageFull');
  if (condition !== undefined && (plays === 'no_conditions' || condition !== '*')) return failure('NotImplemented');
  if (condition === '*' && objects.has(name)) return failure('PreconditionFailed');
  objects.set(name, { bytes: body, writtenAt: now() });
  return { status: 200, headers: { etag: etagOf(body) }, body: '' };
}

function getObject({ headers, plays }: VendorRequest, stored: StoredObject | undefined): VendorResponse {
  if (!stored) return failure('NoSuchKey');
  const bytes = plays === 'half' ? stored.bytes.subarray(0, Math.floor(stored.bytes.length / 2)) : stored.bytes;
  const facts = {
    'content-type': 'application/octet-stream',
    etag: etagOf(stored.bytes),
    'last-modified': stored.writtenAt.toUTCString(),
    'accept-ranges': 'bytes',
  };
  const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
  if (!range) return { status: 200, headers: facts, body: bytes };
  const from = Number(range[1]);
  const to = Math.min(range[2] ? Number(range[2]) : Infinity, bytes.length - 1);
  if (from > to) return failure('InvalidRange');
  return { status: 206, headers: { ...facts, 'content-range': `bytes ${from}-${to}/${bytes.length}` }, body: bytes.subarray(from, to + 1) };
}

function etagOf(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

function failure(code: string): VendorResponse {
  return xml(STATUS[code] ?? 403, `<Error><Code>${code}</Code><Message>${code}</Message><RequestId>SANDBOX</RequestId></Error>`);
}

function xml(status: number, body: string): VendorResponse {
  return { status, headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` };
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
