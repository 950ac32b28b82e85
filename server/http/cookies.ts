import type { CookieOptions, Request, Response } from 'express';

/** `__Host-` cookies cannot be set by a sibling subdomain, but browsers take them over https only. */
function cookieName(publicUrl: string, name: 'sid' | 'oauth'): string {
  return isSecure(publicUrl) ? `__Host-${name}` : `segue_${name}`;
}

export function isSecure(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}

/** The cookie's value; undefined when it is absent, or when it was sent twice, which only a tampered jar does. */
export function readCookie(request: Request, publicUrl: string, name: 'sid' | 'oauth'): string | undefined {
  const wanted = `${cookieName(publicUrl, name)}=`;
  const found = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(wanted));
  const [only] = found;
  return only !== undefined && found.length === 1 ? only.slice(wanted.length) : undefined;
}

/** Sets a cookie that no script can read and no other site's form can send; `expires` undefined ends it. */
export function writeCookie(
  response: Response,
  publicUrl: string,
  cookie: { name: 'sid' | 'oauth'; value: string; expires: Date | undefined },
): void {
  const options: CookieOptions = { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure(publicUrl) };
  const name = cookieName(publicUrl, cookie.name);
  if (cookie.expires === undefined) response.clearCookie(name, options);
  else response.cookie(name, cookie.value, { ...options, expires: cookie.expires });
}
