import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Settings } from '#server/deps.ts';
import { isSecure } from './cookies.ts';

/** Spotify's image hosts; all other images come from this server. */
const IMAGE_HOSTS = ['https://i.scdn.co', 'https://mosaic.scdn.co'];

type HeaderSettings = Pick<Settings, 'publicUrl' | 'sandbox' | 'spotifyWebUrl'>;

/** Sets the same security headers on every response, including errors and redirects. The built pages have no inline code, so none is allowed. In the sandbox, artwork is the sandbox's. */
export function securityHeaders({ publicUrl, sandbox, spotifyWebUrl }: HeaderSettings, isDev: boolean): RequestHandler {
  // Only the development server injects inline scripts, styles and a websocket for hot reload.
  const inline = isDev ? ["'unsafe-inline'"] : [];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", ...inline],
        styleSrc: ["'self'", ...inline],
        imgSrc: ["'self'", 'data:', ...IMAGE_HOSTS, ...(sandbox ? [new URL(spotifyWebUrl).origin] : [])],
        mediaSrc: ["'self'"],
        connectSrc: ["'self'", ...(isDev ? ['ws:'] : [])],
        fontSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: isSecure(publicUrl) ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
}
