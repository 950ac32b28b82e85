import type { Actor } from '#server/actor.ts';
import { VISITOR_RATES } from '#server/limits/visitor-limits.ts';
import type { VisitorLimits, VisitorRate } from '#server/limits/visitor-limits.ts';
import { AppError } from '#shared/errors.ts';
import type { Request, RequestHandler, Response } from 'express';
import { clientAddress } from './request-identity.ts';

interface Exchange {
  readonly request: Request;
  readonly response: Response;
  /** Counted as a person if signed in as one, otherwise by address. */
  readonly actor?: Actor;
}

/**
 * Counts one request for each of the rates and describes what is left in the RateLimit headers (draft-ietf-httpapi-ratelimit-headers-10). Throws
 * `rate_limited` when one is exceeded.
 */
export async function takeRates(limits: VisitorLimits, rates: readonly VisitorRate[], { request, response, actor }: Exchange): Promise<void> {
  const visitor = actor?.kind === 'user' ? `user:${actor.userId}` : clientAddress(request);
  const visits = await Promise.all(
    [...new Set(rates)].map(async (rate) => ({ rate, ...(await limits(rate, visitor, rates.filter((one) => one === rate).length)) })),
  );
  if (visits.length === 0) return;
  response.set({
    'ratelimit-policy': visits.map(({ rate }) => `"${rate}";q=${VISITOR_RATES[rate].quota};w=${seconds(VISITOR_RATES[rate].windowMs)}`).join(', '),
    ratelimit: visits.map(({ rate, remaining, resetMs }) => `"${rate}";r=${remaining};t=${seconds(resetMs)}`).join(', '),
  });
  const refused = visits.filter((visit) => !visit.isGranted);
  if (refused.length === 0) return;
  throw new AppError('rate_limited', {
    message: 'Too many requests of this kind in a short time.',
    remedy: 'Wait a moment, then try again.',
    retryAfterMs: Math.max(...refused.map((visit) => visit.resetMs)),
  });
}

/** The same for a route: one request of this rate, counted by address. */
export function limitRate(limits: VisitorLimits, rate: VisitorRate): RequestHandler {
  return (request, response, next) => void takeRates(limits, [rate], { request, response }).then(() => next(), next);
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}
