import { useSyncExternalStore } from 'react';
import type { RecordingRef } from '#shared/contracts/policies/policy.ts';

interface Named {
  readonly recordingId: number;
  readonly title: string;
  readonly artists: readonly string[];
}

/** One text for one recording, however it is named. */
export const refKey = (ref: RecordingRef): string => ('recordingId' in ref ? `${ref.recordingId}` : 'isrc' in ref ? ref.isrc : ref.trackId);

let names: ReadonlyMap<string, string> = new Map();
const listeners = new Set<() => void>();

/** Learns what recordings are called wherever they are shown: a pin then has its title instead of its number. */
export function learnRecordingNames(found: readonly Named[]): void {
  const fresh = found.filter(({ recordingId }) => !names.has(String(recordingId)));
  if (fresh.length === 0) return;
  names = new Map([...names, ...fresh.map(({ recordingId, title, artists }) => [String(recordingId), `${title}, ${artists.join(', ')}`] as const)]);
  for (const listener of listeners) listener();
}

/** Titles by `refKey`, as far as they were seen. */
export function useRecordingNames() {
  const known = useSyncExternalStore(subscribe, () => names);
  return { names: known, learn: (found: Named) => learnRecordingNames([found]) };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
