import { HTTP_STATUS } from './public-error.ts';
import type { AppError } from '#shared/errors.ts';
import type { Response } from 'express';
import { escapeUTF8 } from 'entities';

/** Answers a browser that followed a link while Segue cannot serve it: 503, when to try again, and a page that says so without needing anything else. */
export function sendUnavailablePage(response: Response, error: AppError): void {
  if (error.retryAfterMs !== undefined) response.set('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
  response
    .status(HTTP_STATUS[error.code])
    .set('cache-control', 'no-store')
    .type('html')
    .send(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Segue is not available</title></head>` +
        `<body><h1>Segue is not available</h1><p>${escapeUTF8(error.message)} Reload this page in a moment.</p></body></html>\n`,
    );
}
