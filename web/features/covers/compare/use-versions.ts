import { useEffect, useSyncExternalStore } from 'react';
import type { CoverView } from '#shared/contracts/covers/projects.ts';
import type { TypeWish } from '../type/type-wish.ts';

/** A finished cover, and what repeats it. */
export interface CoverVersion {
  readonly asset: string;
  readonly url: string;
  readonly bytes: number;
  readonly contrast: number | null;
  readonly pictureAsset: string;
  readonly wish: TypeWish;
}

const VERSIONS_MAX = 8;
const NONE: readonly CoverVersion[] = [];
const keyOf = (coverId: string) => `segue.cover-versions.${coverId}`;

/** Versions by cover, as this window has read them from the browser's storage. */
const versionsByCover = new Map<string, readonly CoverVersion[]>();
const listeners = new Set<() => void>();

/** The finished covers of this visit, newest first, so that two can be compared. Kept by the browser until the tab is closed. */
export function useVersions(cover: CoverView): readonly CoverVersion[] {
  const { finished, picture, typeWish, id } = cover;
  const versions = useSyncExternalStore(subscribe, () => versionsOf(id));
  useEffect(() => {
    if (!finished || !picture) return;
    const { asset, url, bytes, report } = finished;
    remember(id, { asset, url, bytes, contrast: report?.contrast ?? null, pictureAsset: picture.asset, wish: typeWish ?? {} });
  }, [finished, picture, typeWish, id]);
  return versions;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function remember(coverId: string, newest: CoverVersion): void {
  const before = versionsOf(coverId);
  if (before[0]?.asset === newest.asset) return;
  const versions = [newest, ...before.filter((one) => one.asset !== newest.asset)].slice(0, VERSIONS_MAX);
  versionsByCover.set(coverId, versions);
  try {
    sessionStorage.setItem(keyOf(coverId), JSON.stringify(versions));
  } catch (error) {
    // Without storage the versions are only not remembered when the page is loaded again.
    if (!(error instanceof DOMException)) throw error;
  }
  for (const listener of listeners) listener();
}

function versionsOf(coverId: string): readonly CoverVersion[] {
  const known = versionsByCover.get(coverId);
  if (known) return known;
  const stored = readVersions(coverId);
  versionsByCover.set(coverId, stored);
  return stored;
}

function readVersions(coverId: string): readonly CoverVersion[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(keyOf(coverId)) ?? '[]');
    return Array.isArray(stored) ? (stored as readonly CoverVersion[]) : NONE;
  } catch {
    return NONE;
  }
}
