import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The header that carries the control token. */
export const CONTROL_TOKEN_HEADER = 'x-sandbox-token';

/**
 * True when another web page may have caused the request: its Origin is foreign, or its Host is not a loopback name with this port, as after DNS
 * rebinding. A browser omits Origin for some cross-site GET and HEAD requests, so a request without one still proves nothing.
 */
export function isFromOtherPage({ origin, host }: IncomingHttpHeaders, ownOrigin: string): boolean {
  const { port } = new URL(ownOrigin);
  const isOwnHost = LOOPBACK_NAMES.some((name) => host === `${name}:${port}`);
  const isOwnOrigin = origin === undefined || LOOPBACK_NAMES.some((name) => origin === `http://${name}:${port}`);
  return !isOwnHost || !isOwnOrigin;
}

/** True when a browser says that another site began this navigation. Other programs do not send the header. */
export function isCrossSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site';
}

/** Compares in constant time. */
export function hasControlToken(headers: IncomingHttpHeaders, token: string): boolean {
  const given = headers[CONTROL_TOKEN_HEADER];
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(token));
}

const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

const digest = (text: string) => createHash('sha256').update(text).digest();
