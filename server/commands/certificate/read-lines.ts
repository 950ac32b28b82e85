const NEWLINE = 0x0a;
/** The longest list has a few hundred kilobytes; what goes on beyond this is no line of an export. */
const LINE_BYTES_MAX = 8 * 1024 * 1024;

/**
 * A file's lines as bytes, each with the newline that ends it, exactly as they stand: what is sealed is bytes, not text. The beginning of a line that
 * never ends is the last that is given.
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE, from)) {
      yield rest.subarray(from, end + 1);
      from = end + 1;
    }
    rest = rest.subarray(from);
    if (rest.length > LINE_BYTES_MAX) break;
  }
  if (rest.length > 0) yield rest;
}
