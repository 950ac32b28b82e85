import { NOT_FOUND } from '../responses.ts';
import type { HttpResponse } from '../responses.ts';
import { textHash } from '#server/sandbox/text-hash.ts';
import type { SandboxContext } from './sandbox-context.ts';

/** Serves images: uploaded covers unchanged, for everything else a two-color SVG generated from the id. */
export function serveImage(sandbox: SandboxContext, pathname: string): HttpResponse {
  const [, , kind = '', id = '', which = ''] = pathname.split('/');
  if (kind !== 'cover')
    return { status: 200, headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }, body: generatedCover(id) };
  const jpeg = sandbox.state.playlists.get(id)?.covers.find(({ version }) => version === Number(which))?.jpegBase64;
  return jpeg === undefined ? NOT_FOUND : { status: 200, headers: { 'content-type': 'image/jpeg' }, body: Buffer.from(jpeg, 'base64') };
}

function generatedCover(id: string): string {
  const number = textHash(id);
  const hue = number % 360;
  const background = `hsl(${hue} 34% ${24 + ((number >>> 9) % 40)}%)`;
  const foreground = `hsl(${(hue + 40 + ((number >>> 5) % 160)) % 360} 52% 66%)`;
  const size = 90 + ((number >>> 14) % 130);
  const shape =
    (number >>> 22) % 2 === 0
      ? `<circle cx="${160 + ((number >>> 3) % 320)}" cy="${200 + ((number >>> 7) % 240)}" r="${size}"/>`
      : `<rect x="0" y="${size * 2}" width="640" height="${size}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 640"><rect width="640" height="640" fill="${background}"/><g fill="${foreground}">${shape}</g></svg>`;
}
