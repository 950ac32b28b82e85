import { useSyncExternalStore } from 'react';
import type { RecordingRef } from '#shared/contracts/policies/policy.ts';

interface NamedRecording {
  readonly recordingId: number;
  readonly title: string;
  readonly artists: readonly string[];
}

/** The reference as a string, for use as a key. */
export const recordingRefKey = (ref: RecordingRef): string => ('recordingId' in ref ? `${ref.recordingId}` : 'isrc' in ref ? ref.isrc : ref.trackId);

/** The reference in words, for a recording whose name is not cached. */
export function recordingRefText(ref: RecordingRef): string {
  if ('recordingId' in ref) return `Recording ${ref.recordingId}`;
  return 'isrc' in ref ? `ISRC ${ref.isrc}` : `Spotify track ${ref.trackId}`;
}

let names: ReadonlyMap<string, string> = new Map();
const listeners = new Set<() => void>();

/** Caches the names of recordings shown on the page, so that a pin can show a title instead of a number. */
export function cacheRecordingNames(recordings: readonly NamedRecording[]): void {
  const added = recordings.filter(({ recordingId }) => !names.has(String(recordingId)));
  if (added.length === 0) return;
  names = new Map([...names, ...added.map(({ recordingId, title, artists }) => [String(recordingId), `${title}, ${artists.join(', ')}`] as const)]);
  for (const listener of listeners) listener();
}

/** The cached names by `recordingRefKey`, and a function to add one. */
export function useRecordingNames() {
  const known = useSyncExternalStore(subscribe, () => names);
  return { names: known, learn: (recording: NamedRecording) => cacheRecordingNames([recording]) };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
