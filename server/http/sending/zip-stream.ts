import { Zip, ZipPassThrough } from 'fflate';

/** One file of an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly at: Date;
}

/**
 * A ZIP archive as it is written, one file in memory at a time: the next is read when the reader has taken the one before. Files are stored as they are,
 * because pictures and videos are compressed already. The format without its 64-bit extension ends at 4 GB; the caller stays below.
 */
export async function* zipStream(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const written: Uint8Array[] = [];
  const failed: Error[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) failed.push(error);
    else written.push(chunk);
  });
  const take = () => {
    if (failed[0]) throw failed[0];
    return written.splice(0);
  };
  for await (const { name, bytes, at } of entries) {
    const file = new ZipPassThrough(name);
    file.mtime = at;
    zip.add(file);
    file.push(bytes, true);
    yield* take();
  }
  zip.end();
  yield* take();
}
