import type { SyncPlanBody } from '#shared/contracts/sync/sync.ts';
import { fingerprintText } from '#shared/domain/sync/sync-plan.ts';
import { createHash } from 'node:crypto';

/** SHA-256 in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Names an order of items as Spotify showed it; what a snapshot id cannot be trusted to do (security-and-faults, finding 9). */
export function fingerprintOf(uris: readonly (string | null)[]): string {
  return sha256(fingerprintText(uris));
}

/** What a person confirms: SHA-256 of the plan's canonical JSON, the same whatever order the keys are stored in. */
export function hashPlan(body: SyncPlanBody): string {
  return sha256(canonical(body));
}

/** JSON whose keys are in order: the same value, the same text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  const sorted = fields.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}
