import { HTTP_STATUS } from './public-error.ts';
import type { AppError } from '#shared/errors.ts';
import type { Request, Response } from 'express';
import { escapeUTF8 } from 'entities';

/** Whether a browser shows the response as a page. */
export function isFollowedLink(request: Request): boolean {
  return request.method === 'GET' && request.accepts(['json', 'html']) === 'html';
}

/** Answers a browser that followed a link while Segue cannot serve it: 503, when to try again, and a page that says so without needing anything else. */
export function sendUnavailablePage(response: Response, error: AppError): void {
  if (error.retryAfterMs !== undefined) response.set('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
  sendPage(response, error, { title: 'Segue is not available', says: `${error.message} Reload this page in a moment.` });
}

/** Answers a browser that followed a link with the error as a page of its own. */
export function sendErrorPage(response: Response, error: AppError, title: string): void {
  sendPage(response, error, { title, says: [error.message, error.remedy].filter(Boolean).join(' ') });
}

function sendPage(response: Response, { code }: AppError, { title, says }: { readonly title: string; readonly says: string }): void {
  response
    .status(HTTP_STATUS[code])
    .set('cache-control', 'no-store')
    .type('html')
    .send(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeUTF8(title)}</title></head>` +
        `<body><h1>${escapeUTF8(title)}</h1><p>${escapeUTF8(says)}</p></body></html>\n`,
    );
}
