import { AppError } from '#shared/errors.ts';
import type { RequestHandler } from 'express';
import { sendError } from './errors.ts';

/** The longest URL accepted, several times the length of ten batched queries. */
const URL_LENGTH_MAX = 8_192;
/** Query parameters that look like the admin key, which must not end up in access logs and browser histories. */
const KEY_PARAMETER = /^(x[-_])?(admin[-_]?)?(api[-_]?)?key$/i;

/** Rejects URLs that are too long (414) and any admin key in the query string, valid or not. */
export const rejectInvalidUrl: RequestHandler = (request, response, next) => {
  if (request.url.length > URL_LENGTH_MAX) {
    return sendError(response, new AppError('too_large', { message: 'The address is too long.', remedy: 'Request less at once.' }), 414);
  }
  const query = request.url.split('?', 2)[1];
  const names = query === undefined ? [] : [...new URLSearchParams(query).keys()];
  if (!names.some((name) => KEY_PARAMETER.test(name))) return next();
  return sendError(
    response,
    new AppError('invalid_input', {
      message: 'An admin key may not be part of an address.',
      remedy: 'Send it as the X-ADMIN-API-KEY header.',
      field: 'key',
    }),
  );
};
