import { AppError } from '#shared/errors.ts';
import { AwsV4Signer } from 'aws4fetch';
import { XMLParser } from 'fast-xml-parser';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { sendForFile } from '../http.ts';
import { createResilience } from '../resilience.ts';
import type { ResilienceOptions } from '../resilience.ts';
import type { TransportResponse } from '../transport.ts';

/** Where a bucket is and the key that may use it. */
export interface S3Config {
  /** The endpoint without the bucket, such as https://s3.eu-central-1.amazonaws.com. */
  readonly url: string;
  readonly region: string;
  readonly bucket: string;
  /** True: the bucket is the first part of the path, as most stores of one's own want it. False: it is the first part of the host name. */
  readonly pathStyle: boolean;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly now: () => Date;
  readonly resilience?: Pick<ResilienceOptions, 'timeoutMs' | 'attemptsMax' | 'firstDelayMs' | 'breaker' | 'random'> | undefined;
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Statuses that are an answer, besides 200 to 299. */
  readonly expected?: readonly number[];
}

/** Sends a signed request, again after a transient failure. Every request of the store is safe to repeat. */
export type SendS3 = (request: S3Request, signal?: AbortSignal) => Promise<TransportResponse>;

const NAME = 'The S3 store';
/** A file of this size over a slow line. */
const TIMEOUT_MS = 120_000;
/** The largest file that a store returns at once. */
const FILE_BYTES_MAX = 512 * 1024 * 1024;
const FULL: ReadonlySet<string> = new Set(['XMinioStorageFull', 'InsufficientStorage', 'QuotaExceeded', 'EntityTooLarge']);

/** The code of an error: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const errorBody = z.object({ Error: z.object({ Code: z.string() }) });
const readXml = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Contents' });

/**
 * Creates the sender of one bucket: signature version 4 with the hash of the body, our transport, timeouts, retries and a breaker. It throws
 * `provider_unavailable` while the store is down, `provider_rejected` when it refuses the key or the bucket, `unavailable` when it is full.
 */
export function createS3Sender(config: S3Config): SendS3 {
  const { url, bucket, pathStyle, now } = config;
  const policy = createResilience({ timeoutMs: TIMEOUT_MS, ...config.resilience, vendor: NAME, now, budget: UNLIMITED });
  const base = new URL(url);
  if (!pathStyle) base.hostname = `${bucket}.${base.hostname}`;
  const root = `${base.origin}${base.pathname.replace(/\/+$/, '')}${pathStyle ? `/${bucket}` : ''}`;
  const attempt = async (request: S3Request, signal: AbortSignal): Promise<TransportResponse> => {
    const address = `${root}${request.key === '' && pathStyle ? '' : `/${request.key}`}`;
    const signed = await sign(config, { ...request, url: address });
    const { method, body } = request;
    const response = await sendForFile(NAME, { method, ...signed, body, signal, bodyBytesMax: FILE_BYTES_MAX });
    const { status } = response;
    if ((status < 200 || status >= 300) && !request.expected?.includes(status)) throw storeError(response);
    return response;
  };
  return (request, signal = new AbortController().signal) =>
    policy.run({ idempotent: true, signal, attempt: (attemptSignal) => attempt(request, attemptSignal) });
}

/** S3 has no budget of requests; it answers 503 SlowDown, which is waited out. */
const UNLIMITED = { take: async () => {}, block: async () => {} };

async function sign(config: S3Config, request: S3Request & { readonly url: string }): Promise<{ url: string; headers: Record<string, string> }> {
  const url = new URL(request.url);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const signer = new AwsV4Signer({
    method: request.method,
    url: url.href,
    headers: { ...request.headers, 'x-amz-content-sha256': sha256Of(request.body ?? EMPTY) },
    accessKeyId: config.accessKeyId,
    secretAccessKey: config.secretAccessKey,
    service: 's3',
    region: config.region,
    datetime: config
      .now()
      .toISOString()
      .replaceAll(/[:-]|\.\d{3}/g, ''),
  });
  const signed = await signer.sign();
  return { url: signed.url.href, headers: Object.fromEntries(signed.headers) };
}

const EMPTY = new Uint8Array();

/** The SHA-256 of bytes, in lower-case hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The parsed XML of a response; an empty object for anything that is no XML. */
export function parseXml(bytes: Buffer): unknown {
  try {
    return readXml.parse(bytes.toString('utf8'));
  } catch {
    return {};
  }
}

/** The response when it has an object; undefined when the object is missing. A bucket that is missing also answers 404, and is not a missing file. */
export function objectOf(response: TransportResponse): TransportResponse | undefined {
  if (response.status !== 404) return response;
  if (s3Code(response) === 'NoSuchBucket') throw storeError(response);
  return undefined;
}

/** The error code that the store names; empty for HEAD, which has no body. */
function s3Code(response: TransportResponse): string {
  return errorBody.safeParse(parseXml(response.bytes)).data?.Error.Code ?? '';
}

/** Translates a refusal of the store. */
export function storeError(response: TransportResponse): AppError {
  const { status } = response;
  const code = s3Code(response);
  const context = { status, code };
  if (status === 507 || FULL.has(code)) {
    return new AppError('unavailable', {
      message: 'The store for pictures is full.',
      remedy: 'Ask the operator to free space, then try again.',
      context,
    });
  }
  if (status >= 500 || status === 408 || status === 429 || status === 409) {
    const remedy = 'Segue tries again automatically; act only if this persists.';
    return new AppError('provider_unavailable', { message: `${NAME} has a server error.`, remedy, context: { ...context, kind: 'Transient' } });
  }
  const [message, remedy] = refusal(status, code);
  return new AppError('provider_rejected', { message, remedy, context: { ...context, kind: 'Rejected' } });
}

function refusal(status: number, code: string): readonly [message: string, remedy: string] {
  if (code === 'RequestTimeTooSkewed')
    return [`${NAME} refused the request because the clocks differ.`, "Ask the operator to set the server's clock."];
  if (code === 'NoSuchBucket') return [`${NAME} has no such bucket.`, 'Ask the operator to create it, or to check S3_BUCKET.'];
  if (status === 401 || status === 403 || code === 'AuthorizationHeaderMalformed') {
    return [
      `${NAME} refused Segue's key.`,
      'Ask the operator to check S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_REGION and the rights on the bucket.',
    ];
  }
  return [`${NAME} refused the request.`, 'Ask the operator to check S3_URL, S3_BUCKET and S3_PATH_STYLE.'];
}
