/** Boxes that hold others on the way to the times (ISO/IEC 14496-12, 8.2 to 8.4). */
const HOLDING: ReadonlySet<string> = new Set(['moov', 'trak', 'mdia']);
/** Boxes that begin with the times at which the file was made and changed. */
const TIMED: ReadonlySet<string> = new Set(['mvhd', 'tkhd', 'mdhd']);
const HEADER_BYTES = 8;

/** Sets the times at which an MP4 was made and changed to 0, which means that they are not known. Leaves everything else as it is. */
export function clearTimes(file: Uint8Array): void {
  clearIn(new DataView(file.buffer, file.byteOffset, file.byteLength), 0, file.byteLength);
}

function clearIn(view: DataView, from: number, to: number): void {
  for (let at = from; at + HEADER_BYTES <= to;) {
    const bytes = view.getUint32(at);
    // The last box may say 0, and one above 4 GB 1; neither is one of these.
    if (bytes < HEADER_BYTES || at + bytes > to) return;
    const type = String.fromCodePoint(...[4, 5, 6, 7].map((offset) => view.getUint8(at + offset)));
    if (HOLDING.has(type)) clearIn(view, at + HEADER_BYTES, at + bytes);
    if (TIMED.has(type)) {
      const timesBytes = view.getUint8(at + HEADER_BYTES) === 1 ? 16 : 8;
      for (let offset = 0; offset < timesBytes; offset += 1) view.setUint8(at + HEADER_BYTES + 4 + offset, 0);
    }
    at += bytes;
  }
}
