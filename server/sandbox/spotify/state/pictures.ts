import { NOT_FOUND } from '../answers.ts';
import type { Answer } from '../answers.ts';
import { digestOf } from '#server/sandbox/text-digest.ts';
import type { World } from './world.ts';

/** Pictures: uploaded covers as they came, everything else a plain two-colour sleeve drawn from its id. */
export function picture(world: World, pathname: string): Answer {
  const [, , kind = '', id = '', which = ''] = pathname.split('/');
  if (kind !== 'cover')
    return { status: 200, headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }, body: sleeve(id) };
  const jpeg = world.state.playlists.get(id)?.covers.find(({ version }) => version === Number(which))?.jpegBase64;
  return jpeg === undefined ? NOT_FOUND : { status: 200, headers: { 'content-type': 'image/jpeg' }, body: Buffer.from(jpeg, 'base64') };
}

function sleeve(id: string): string {
  const number = digestOf(id);
  const hue = number % 360;
  const ground = `hsl(${hue} 34% ${24 + ((number >>> 9) % 40)}%)`;
  const figure = `hsl(${(hue + 40 + ((number >>> 5) % 160)) % 360} 52% 66%)`;
  const size = 90 + ((number >>> 14) % 130);
  const shape =
    (number >>> 22) % 2 === 0
      ? `<circle cx="${160 + ((number >>> 3) % 320)}" cy="${200 + ((number >>> 7) % 240)}" r="${size}"/>`
      : `<rect x="0" y="${size * 2}" width="640" height="${size}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 640"><rect width="640" height="640" fill="${ground}"/><g fill="${figure}">${shape}</g></svg>`;
}
