import type { RegisteredClient } from './state/sandbox-context.ts';

/** Spotify's rules since November 2025: HTTPS, a loopback address literal, or a custom scheme; never `localhost`. */
export function isAllowedRedirect(uri: string, client: RegisteredClient | undefined): boolean {
  if (!URL.canParse(uri)) return false;
  const url = new URL(uri);
  if (url.hostname === 'localhost' || url.hash !== '') return false;
  if (url.protocol === 'http:' && !isLoopback(url)) return false;
  if (url.protocol === 'javascript:' || url.protocol === 'data:') return false;
  const registered = client?.redirectUris;
  return !registered || registered.some((one) => one === uri || isSameLoopback(one, url));
}

/** True when consent may be given for this address: one of the registered ones, or without a registered app any loopback address. */
export function isRegisteredRedirect(uri: string, client: RegisteredClient | undefined): boolean {
  return client?.redirectUris !== undefined || (URL.canParse(uri) && isLoopback(new URL(uri)));
}

const isLoopback = (url: URL) => url.hostname === '127.0.0.1' || url.hostname === '[::1]';

/** A loopback address registered without a port matches any port. */
function isSameLoopback(registered: string, requested: URL): boolean {
  if (!URL.canParse(registered)) return false;
  const known = new URL(registered);
  return (
    isLoopback(known) &&
    known.port === '' &&
    known.hostname === requested.hostname &&
    known.pathname === requested.pathname &&
    known.protocol === requested.protocol
  );
}
