import { AppError } from '#shared/errors.ts';
import type { RequestHandler } from 'express';
import { sendError } from './errors.ts';

/** Longest address answered: ten batched questions fit several times over. */
const URL_LENGTH_MAX = 8_192;
/** Spellings under which somebody would put the admin key into an address, where logs and histories keep it. */
const KEY_PARAMETER = /^(x[-_])?(admin[-_]?)?(api[-_]?)?key$/i;

/** Refuses addresses that are too long (414), and admin keys in the query string, whether right or wrong. */
export const refuseBadAddress: RequestHandler = (request, response, next) => {
  if (request.url.length > URL_LENGTH_MAX) {
    return sendError(response, new AppError('too_large', { message: 'The address is too long.', remedy: 'Ask for less at once.' }), 414);
  }
  const query = request.url.split('?', 2)[1];
  const names = query === undefined ? [] : [...new URLSearchParams(query).keys()];
  if (!names.some((name) => KEY_PARAMETER.test(name))) return next();
  return sendError(
    response,
    new AppError('invalid_input', {
      message: 'A key does not belong into an address.',
      remedy: 'Send it as the X-ADMIN-API-KEY header.',
      field: 'key',
    }),
  );
};
