import { joinJpeg, joinPng, jpegParts, pngChunk, pngChunks } from './picture-parts.ts';
import { invalidPicture } from './picture-errors.ts';

/** Name of an XMP packet in a JPEG's APP1 segment and in a PNG's iTXt chunk (Adobe XMP Specification, part 3). */
const JPEG_XMP = 'http://ns.adobe.com/xap/1.0/\0';
const PNG_XMP = 'XML:com.adobe.xmp';
/** Two bytes of length are part of the 65,535 that a segment may have. */
const SEGMENT_MAX = 65_533;
const NAMESPACE = 'https://segue.invalid/ns/recipe/1.0/';

/**
 * The picture with a recipe as XMP; in a PNG also as the text `parameters`, which image tools show. Pixels stay as they are. Throws `invalid_input` for
 * another type, and for a recipe of more than 64 kB in a JPEG.
 */
export function withRecipe(file: Uint8Array, recipe: string): Uint8Array {
  const xmp = packetOf(recipe);
  const png = pngChunks(file);
  if (png) {
    const texts = [pngText(PNG_XMP, xmp), pngText('parameters', recipe)];
    return joinPng([...png.slice(0, 1), ...texts, ...png.slice(1)]);
  }
  const jpeg = jpegParts(file);
  if (!jpeg) throw invalidPicture('The file is neither a JPEG nor a PNG picture.', 'Download it without its recipe.');
  const content = Buffer.from(JPEG_XMP + xmp, 'utf8');
  if (content.length > SEGMENT_MAX) throw invalidPicture('The recipe is too long for a JPEG.', 'Download the picture without its recipe.');
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  const jfif = jpeg[1]?.marker === 0xe0 ? 2 : 1;
  return joinJpeg([...jpeg.slice(0, jfif), { marker: 0xe1, bytes: Buffer.concat([head, content]) }, ...jpeg.slice(jfif)]);
}

/** An uncompressed iTXt chunk without language: keyword, flags, UTF-8 text. */
function pngText(keyword: string, text: string) {
  return pngChunk('iTXt', Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')]));
}

function packetOf(recipe: string): string {
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:segue="${NAMESPACE}"><segue:recipe>${escapeXml(recipe)}</segue:recipe></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** XML has no notation for most control characters; JSON writes them as escapes anyway. */
const escapeXml = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
