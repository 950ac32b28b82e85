import { json } from './answers.ts';
import { personOf } from './api-request.ts';
import type { Route } from './routes.ts';
import { meWire } from './wire.ts';

/** The signed-in person. */
export const ME_ROUTES: readonly Route[] = [
  { method: 'GET', pattern: '/me', bucket: 'me', handle: (world, request) => json(200, meWire(world, personOf(request))) },
];
