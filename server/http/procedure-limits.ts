/* oxlint-disable no-underscore-dangle -- tRPC keeps the metadata of its procedures nowhere else. */
import { isAdmin } from '#server/actor.ts';
import type { Actor } from '#server/actor.ts';
import { appRouter } from '#server/routers/index.ts';
import type { ProcedureMeta } from '#server/trpc.ts';
import { JSON_DEPTH_MAX } from './request-body.ts';
import type { BodyLimits } from './request-body.ts';

const PROCEDURES = new Map<string, ProcedureMeta>(
  Object.entries(appRouter._def.procedures as unknown as Readonly<Record<string, WithMeta>>).map(([path, { _def }]) => [path, _def.meta ?? {}]),
);

interface WithMeta {
  readonly _def: { readonly meta?: ProcedureMeta };
}

/**
 * Bodies by kind. The longest public input is a sentence of 40,000 characters; the longest list of an operator has 10,000 ids. A policy with all its
 * bans has 300 kB; a larger one is refused by the policy's own rules, which name the part. A listener's list is 500 tracks with the facts of each, or 10,000
 * without. An import is two texts of up to 4 million characters.
 */
const BODY_LIMITS = {
  public: { bytesMax: 64 * 1024, depthMax: JSON_DEPTH_MAX, valuesMax: 2_000 },
  operator: { bytesMax: 1_000_000, depthMax: JSON_DEPTH_MAX, valuesMax: 25_000 },
  policy: { bytesMax: 1_000_000, depthMax: JSON_DEPTH_MAX, valuesMax: 400_000 },
  list: { bytesMax: 4 * 1024 * 1024, depthMax: JSON_DEPTH_MAX, valuesMax: 200_000 },
  import: { bytesMax: 6 * 1024 * 1024, depthMax: JSON_DEPTH_MAX, valuesMax: 1_000 },
} as const satisfies Record<string, BodyLimits>;

/** What the border knows about each named procedure; an unknown name has no metadata. */
export function metaOf(procedures: readonly string[]): readonly ProcedureMeta[] {
  return procedures.map((name) => PROCEDURES.get(name) ?? {});
}

/** The limits of a body for these procedures: the largest among those that this caller may use; undefined when there is none. */
export function bodyLimitsFor(procedures: readonly ProcedureMeta[], actor: Actor): BodyLimits | undefined {
  const allowed = procedures.filter(({ access }) => access !== 'operator' || isAdmin(actor));
  // What only a signed-in person may send is not read from a stranger, who is refused anyway.
  const kindOf = ({ access, body }: ProcedureMeta) => (access === 'listener' && actor.kind === 'anonymous' ? undefined : body);
  const kinds = allowed.map((meta) => BODY_LIMITS[kindOf(meta) ?? (meta.access === 'operator' ? 'operator' : 'public')]);
  return kinds.toSorted((a, b) => b.bytesMax - a.bytesMax)[0];
}
