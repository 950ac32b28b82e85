import type { Settings } from '#server/deps.ts';
import { AppError } from '#shared/errors.ts';
import type { RequestHandler } from 'express';
import { sendError } from './errors.ts';

/** A host name or address with an optional port, as in RFC 9110 §7.2. */
const HOST = /^(?<name>[\w-]+(?:\.[\w-]+)*|\[[\da-f:.]+\])\.?(?::\d{1,5})?$/i;
/** Names of this machine (RFC 6761 §6.3, RFC 5735). Another website cannot make them lead to Segue, unlike a name of its own (DNS rebinding). */
const LOOPBACK = /^(?:(?:[\w-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
/** Rejects requests for a host other than PUBLIC_URL's, the loopback names and ALLOWED_HOSTS: 421, or 400 for text that is not a host. */
export function guardHosts(settings: Pick<Settings, 'publicUrl' | 'allowedHosts'>): RequestHandler {
  const allowed = new Set([new URL(settings.publicUrl).hostname, ...settings.allowedHosts].map((name) => name.toLowerCase()));
  return (request, response, next) => {
    const name = HOST.exec(request.headers.host ?? '')?.groups?.['name']?.toLowerCase();
    if (name !== undefined && (LOOPBACK.test(name) || allowed.has(name))) return next();
    const isMisspelled = name === undefined;
    const details = isMisspelled
      ? { message: 'The Host header is not a host name.', remedy: 'Send the name of this server.' }
      : { message: 'Segue is not served under this host name.', remedy: 'Use the address in PUBLIC_URL, or add the name to ALLOWED_HOSTS.' };
    return sendError(response, new AppError('invalid_input', { ...details, field: 'host' }), isMisspelled ? 400 : 421);
  };
}
