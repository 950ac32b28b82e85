/* oxlint-disable no-underscore-dangle -- tRPC lists its procedures nowhere else. */
import { appRouter } from '#server/routers/index.ts';
import type { AnyProcedure } from '@trpc/server';

/** All tRPC procedures, as `area.name`, so that a test of all procedures covers new ones too. */
export function listProcedures(): readonly { path: string; type: 'query' | 'mutation' | 'subscription' }[] {
  return Object.entries(appRouter._def.procedures).flatMap(([path, procedure]) =>
    isProcedure(procedure) ? [{ path, type: procedure._def.type }] : [],
  );
}

function isProcedure(value: unknown): value is AnyProcedure {
  return typeof value === 'function' && '_def' in value;
}
