import type { Deps } from '#server/deps.ts';
import type { CookieOptions, Request, Response } from 'express';

/**
 * `__Host-` cookies cannot be set by a sibling subdomain, but browsers accept them only over HTTPS. Browsers send a host's cookies to all of its ports,
 * so the name contains the port: a second Segue on the same host has its own.
 */
function cookieName(publicUrl: string, name: 'sid' | 'oauth'): string {
  const { port } = new URL(publicUrl);
  return `${isSecure(publicUrl) ? '__Host-' : 'segue_'}${name}${port === '' ? '' : `_${port}`}`;
}

export function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}

/** Whether the cookie is present in any form: once, sent twice, or empty. */
export function hasCookie(request: Request, publicUrl: string, name: 'sid' | 'oauth'): boolean {
  return (request.headers.cookie ?? '').includes(cookieName(publicUrl, name));
}

/** The cookie's value; undefined when it is absent or sent twice, which happens only after tampering. */
export function readCookie(request: Request, publicUrl: string, name: 'sid' | 'oauth'): string | undefined {
  const prefix = `${cookieName(publicUrl, name)}=`;
  const matches = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix));
  const [only] = matches;
  return only !== undefined && matches.length === 1 ? only.slice(prefix.length) : undefined;
}

/**
 * Sets an HttpOnly, SameSite=Lax cookie; `expires` undefined deletes it. The time left is sent as `Max-Age`, too: a browser whose clock is wrong would
 * drop a cookie that has only a date.
 */
export function writeCookie(
  response: Response,
  { settings: { publicUrl }, now }: Pick<Deps, 'settings' | 'now'>,
  cookie: { name: 'sid' | 'oauth'; value: string; expires: Date | undefined },
): void {
  const options: CookieOptions = { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure(publicUrl) };
  const name = cookieName(publicUrl, cookie.name);
  if (cookie.expires === undefined) response.clearCookie(name, options);
  else response.cookie(name, cookie.value, { ...options, maxAge: cookie.expires.getTime() - now().getTime() });
}
