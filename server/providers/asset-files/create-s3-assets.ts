import type { AssetStore } from '#server/providers/render-ports.ts';
import { AppError } from '#shared/errors.ts';
import { HOUR_MS } from '#shared/domain/calendar.ts';
import { z } from 'zod';
import type { TransportResponse } from '../transport.ts';
import { readObjectPart } from './read-object-part.ts';
import { createS3Sender, objectOf, parseXml, sha256Of } from './s3-requests.ts';
import type { S3Config, SendS3 } from './s3-requests.ts';

/**
 * Files in a bucket, one object for each digest.
 *
 * States of a file: absent → stored. An object appears whole or not at all, so there is no temporary state. It is written only where it is absent
 * (`If-None-Match: *`); a store without that condition overwrites the object with the same bytes.
 */

const DIGEST = /^[0-9a-f]{64}$/;
/** A file that is stored again counts as new once its object is older; the sweep takes files of a day. */
const RENEW_MS = 6 * HOUR_MS;
const EXISTS = 412;
/** What a store answers that does not know the condition. */
const UNKNOWN_CONDITION = 501;

const listing = z.object({
  ListBucketResult: z.object({
    Contents: z.array(z.object({ Key: z.string(), LastModified: z.string() })).default([]),
    IsTruncated: z.string().default('false'),
    NextContinuationToken: z.string().optional(),
  }),
});

/** Stores assets in a bucket below `prefix`, which is empty or ends with a slash. A read verifies the digest. Throws as `createS3Sender`. */
export function createS3Assets({ prefix, ...config }: S3Config & { readonly prefix: string }): AssetStore {
  const send = createS3Sender(config);
  const keyOf = (sha256: string) => `${prefix}${sha256.slice(0, 2)}/${sha256}`;
  const now = () => config.now().getTime();
  return {
    write: async (bytes) => {
      const sha256 = sha256Of(bytes);
      await put(send, { key: keyOf(sha256), bytes, renewBefore: now() - RENEW_MS });
      return { sha256 };
    },
    // A bucket has no size of its own. What can be known before a render is paid is that the store answers and takes our key.
    requireRoom: async () => void (await send({ method: 'HEAD', key: '' })),
    read: async (sha256) => {
      if (!DIGEST.test(sha256)) return undefined;
      const first = await getObject(send, keyOf(sha256));
      if (!first || sha256Of(first) === sha256) return first;
      // Cut on its way, or damaged in the store. Outside the policy of retries, because one damaged file must not open the breaker for all.
      const again = await getObject(send, keyOf(sha256));
      if (!again || sha256Of(again) === sha256) return again;
      throw damaged(sha256);
    },
    readPart: async (sha256, part) => (DIGEST.test(sha256) ? readObjectPart(send, keyOf(sha256), part) : undefined),
    remove: async (sha256, options) => {
      if (!DIGEST.test(sha256)) return;
      const head = options && (await send({ method: 'HEAD', key: keyOf(sha256), expected: [404] }));
      if (head && (head.status === 404 || !(writtenAt(head) < options.writtenBefore.getTime()))) return;
      await send({ method: 'DELETE', key: keyOf(sha256), expected: [404] });
    },
    list: () => listObjects(send, prefix),
  };
}

async function put(send: SendS3, { key, bytes, renewBefore }: { key: string; bytes: Uint8Array; renewBefore: number }): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream' };
  const overwrite = () => send({ method: 'PUT', key, body: bytes, headers });
  const expected = [EXISTS, UNKNOWN_CONDITION];
  const first = await send({ method: 'PUT', key, body: bytes, headers: { ...headers, 'if-none-match': '*' }, expected });
  if (first.status === UNKNOWN_CONDITION) await overwrite();
  if (first.status !== EXISTS) return;
  const head = await send({ method: 'HEAD', key, expected: [404] });
  const isWhole = head.status !== 404 && Number(head.headers['content-length']) === bytes.byteLength;
  if (!isWhole || !(writtenAt(head) > renewBefore)) await overwrite();
}

/** NaN when the store does not say. */
function writtenAt(head: TransportResponse): number {
  return Date.parse(head.headers['last-modified'] ?? '');
}

async function getObject(send: SendS3, key: string): Promise<Buffer | undefined> {
  return objectOf(await send({ method: 'GET', key, expected: [404] }))?.bytes;
}

function damaged(sha256: string): AppError {
  return new AppError('unavailable', {
    message: 'The S3 store returned other bytes than were stored.',
    remedy: 'Ask the operator to restore this file from a backup.',
    context: { sha256 },
  });
}

async function* listObjects(send: SendS3, prefix: string): AsyncGenerator<{ sha256: string; writtenAt: Date }> {
  let token: string | undefined;
  do {
    const query = { 'list-type': '2', prefix, ...(token === undefined ? {} : { 'continuation-token': token }) };
    const response = await send({ method: 'GET', key: '', query });
    const { data } = listing.safeParse(parseXml(response.bytes));
    if (!data) {
      throw new AppError('provider_rejected', {
        message: 'The S3 store sent a list that Segue cannot read.',
        remedy: 'Ask the operator to check S3_URL and S3_PATH_STYLE.',
        context: { kind: 'UnknownForm' },
      });
    }
    for (const { Key, LastModified } of data.ListBucketResult.Contents) {
      const sha256 = Key.slice(prefix.length + 3);
      if (DIGEST.test(sha256) && Key === `${prefix}${sha256.slice(0, 2)}/${sha256}`) yield { sha256, writtenAt: new Date(LastModified) };
    }
    token = data.ListBucketResult.IsTruncated === 'true' ? data.ListBucketResult.NextContinuationToken : undefined;
  } while (token !== undefined);
}
