const NEWLINE = 0x0a;
/** The longest list has a few hundred kilobytes; a longer line cannot be part of an export. */
const LINE_BYTES_MAX = 8 * 1024 * 1024;

/**
 * Yields a file's lines as bytes, including the newline, because seals cover bytes, not text. Stops at a line longer than 8 MiB and yields its
 * beginning last.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let pending = Buffer.alloc(0);
  for await (const chunk of chunks) {
    pending = pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([pending, chunk]);
    let start = 0;
    for (let end = pending.indexOf(NEWLINE); end >= 0; end = pending.indexOf(NEWLINE, start)) {
      yield pending.subarray(start, end + 1);
      start = end + 1;
    }
    pending = pending.subarray(start);
    if (pending.length > LINE_BYTES_MAX) break;
  }
  if (pending.length > 0) yield pending;
}
