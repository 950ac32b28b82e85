import type { SandboxCatalog, SandboxFeatures } from '#server/sandbox/catalog/catalog.ts';
import { createRollingWindow } from '../rolling-window.ts';
import { startSandboxVendor } from '#server/sandbox/sandbox-vendor.ts';
import type { SandboxVendor, VendorResponse } from '#server/sandbox/sandbox-vendor.ts';
import { textHash } from '#server/sandbox/text-hash.ts';

/** Maximum ids per request. */
const IDS_MAX = 40;
/** One track in 16 is unknown to ReccoBeats: about 6%. */
const UNKNOWN_EVERY = 16;

export interface ReccobeatsOptions {
  readonly catalog: SandboxCatalog;
  readonly port?: number;
  readonly rateWindow?: { readonly requests: number; readonly windowMs: number };
  readonly now?: () => number;
}

/**
 * The ReccoBeats sandbox: `GET /v1/audio-features?ids=`. Like the real service it leaves out unknown ids, does not keep the order, identifies tracks
 * only by `href`, and returns the ISRC for some tracks only.
 */
export function startReccobeatsSandbox({ catalog, port = 0, rateWindow, now = Date.now }: ReccobeatsOptions): Promise<SandboxVendor> {
  const waitMs = createRollingWindow(rateWindow);
  return startSandboxVendor(port, ({ path, query }) => {
    const pauseMs = waitMs(now());
    if (pauseMs > 0) return { ...problem(429, path, 'Too many requests'), headers: { 'retry-after': String(Math.ceil(pauseMs / 1000)) } };
    if (path !== '/v1/audio-features') return problem(404, path, 'Not Found');
    const ids = query
      .getAll('ids')
      .flatMap((list) => list.split(','))
      .filter((id) => id !== '');
    if (ids.length === 0 || ids.length > IDS_MAX) return problem(400, path, `ids must have between 1 and ${IDS_MAX} elements`);
    const content = [...new Set(ids)].flatMap((id) => reading(catalog, id) ?? []);
    return { status: 200, body: { content: content.toSorted((a, b) => (a.id < b.id ? -1 : 1)) } };
  });
}

/** True when the sandbox's ReccoBeats knows the track; tests use it to predict missing results. */
export function isKnownToReccobeats(trackId: string): boolean {
  return textHash(`known:${trackId}`) % UNKNOWN_EVERY !== 0;
}

function reading(catalog: SandboxCatalog, trackId: string) {
  const features = isKnownToReccobeats(trackId) ? catalog.features(trackId) : undefined;
  if (!features) return undefined;
  const isrc = textHash(`isrc:${trackId}`) % 10 < 7 ? catalog.track(trackId)?.track.isrc : undefined;
  return {
    id: uuidOf(trackId),
    href: `https://open.spotify.com/track/${trackId}`,
    ...(isrc === null || isrc === undefined ? {} : { isrc }),
    ...measured(features, trackId),
  };
}

/** The track's features without the time signature, and without key and mode for a tenth of the tracks. */
function measured(features: SandboxFeatures, trackId: string) {
  const { key, mode, timeSignature: _timeSignature, ...rest } = features;
  return textHash(`key:${trackId}`) % 10 === 0 ? rest : { ...rest, key, mode };
}

function uuidOf(trackId: string): string {
  const hex = [1, 2, 3, 4].map((part) => textHash(`${part}:${trackId}`).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function problem(status: number, path: string, error: string): VendorResponse {
  return { status, body: { timestamp: '2026-11-21T00:00:00.000Z', status, error, path } };
}
