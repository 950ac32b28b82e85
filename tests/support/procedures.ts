/* oxlint-disable no-underscore-dangle -- tRPC lists its procedures nowhere else. */
import { appRouter } from '#server/routers/index.ts';
import type { AnyProcedure } from '@trpc/server';

/** All tRPC procedures, as `area.name` or `area.part.name`, so that a test of all procedures covers new ones too. */
export function listProcedures(): readonly { path: string; type: 'query' | 'mutation' | 'subscription' }[] {
  return Object.entries(appRouter._def.procedures).flatMap(([path, procedure]) =>
    isProcedure(procedure) ? [{ path, type: procedure._def.type }] : [],
  );
}

/** Calls a procedure that is known only by its path. */
export async function callProcedure(caller: object, path: string, input?: object): Promise<unknown> {
  let found: unknown = caller;
  for (const name of path.split('.')) found = (found as Readonly<Record<string, unknown>>)[name];
  if (typeof found !== 'function') throw new Error(`No procedure ${path}.`);
  return (found as (given?: object) => Promise<unknown>)(input);
}

function isProcedure(value: unknown): value is AnyProcedure {
  return typeof value === 'function' && '_def' in value;
}
