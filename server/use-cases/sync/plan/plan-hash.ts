import type { SyncPlanBody } from '#shared/contracts/sync/sync.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { fingerprintText } from '#shared/domain/sync/planning/sync-plan.ts';
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
  return sha256(canonicalJson(body));
}
