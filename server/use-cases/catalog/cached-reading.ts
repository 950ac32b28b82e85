import type { CachedReading } from '#server/deps.ts';

/** A reading that takes longer than this is used for a while even when its data changes: a running job changes them every second. */
const FAST_MS = 1_000;
const CACHED_FOR_READINGS = 10;

/** Reads a value of a version. If that takes over a second, the value stays valid for ten times as long, whatever changes in the meantime. */
export async function readToCache<T>(version: string, read: () => Promise<T>): Promise<CachedReading<T>> {
  const startedAt = performance.now();
  const value = await read();
  const now = performance.now();
  const tookMs = now - startedAt;
  return { value, version, validUntil: tookMs > FAST_MS ? now + tookMs * CACHED_FOR_READINGS : 0 };
}

/** Whether a cached value may be used while its data have this version. */
export function isValid({ version, validUntil }: CachedReading<unknown>, current: string): boolean {
  return version === current || performance.now() < validUntil;
}
