import { z } from 'zod';

/** Body of every error status. `errors` repeat parts of the request, so they are never shown. */
export const stabilityErrorWire = z.object({ id: z.string().max(200), name: z.string().max(200), errors: z.array(z.string()) });
