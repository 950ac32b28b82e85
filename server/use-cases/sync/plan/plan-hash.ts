import type { SyncPlanBody } from '#shared/contracts/sync/sync.ts';
import { fingerprintText } from '#shared/domain/sync/sync-plan.ts';
import { createHash } from 'node:crypto';

/** SHA-256 in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Identifies an order of items as Spotify showed it. A snapshot id cannot be trusted for that. */
export function fingerprintOf(uris: readonly (string | null)[]): string {
  return sha256(fingerprintText(uris));
}

/** The hash that a person confirms: SHA-256 of the plan's canonical JSON, independent of key order. */
export function hashPlan(body: SyncPlanBody): string {
  return sha256(canonical(body));
}

/** JSON with sorted keys: equal values give equal text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  const sorted = fields.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(',')}}`;
}
