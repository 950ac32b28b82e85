import { policyV1 } from '#shared/contracts/policies/policy.ts';
import type { Policy, PolicyV1Input } from '#shared/contracts/policies/policy.ts';
import { dayNumber, dayText } from '#shared/domain/calendar.ts';
import { createCatalogBuilder } from '#shared/domain/catalog/catalog-builder.ts';
import type { Catalog } from '#shared/domain/catalog/catalog-columns.ts';
import { chanceOf, hashText } from '#shared/domain/hash.ts';
import { RepeatIndex } from '#shared/domain/curation/repeat-index.ts';
import { NO_REFS } from '#shared/domain/policies/policy-refs.ts';
import { restScopeKey } from '#shared/domain/policies/rest-scope.ts';
import type { ListOfDay } from '#shared/domain/curation/snapshot-draft.ts';

export const TODAY = '2026-11-21';
export const YESTERDAY = '2026-11-20';
const GENRES = 24;
const POLICIES = 20;
/** Share of the catalog in its repeat window network-wide, about what a month of playlists leaves, so that free tracks are scarce. */
const RESTING_SHARE = 0.7;

/**
 * A realistic large catalog: albums by one artist (one in thirty a compilation), long-tailed artists, a guest on one track in six, skewed popularity,
 * features with gaps. Values depend only on the row number.
 */
export function largeCatalog(recordings: number): Catalog {
  const builder = createCatalogBuilder(recordings);
  const artists = Math.max(200, Math.round(recordings / 14));
  const today = dayNumber(TODAY);
  const artistAt = (chance: number) => `artist ${Math.floor(chance ** 1.6 * artists)}`;
  for (let n = 0; n < recordings; n += 1) {
    const album = Math.floor(n / 10);
    const chance = (salt: number) => chanceOf(salt, n);
    const own = chanceOf(1, album) < 1 / 30 ? artistAt(chance(2)) : artistAt(chanceOf(2, album));
    const guest = chance(3) < 0.16 ? [artistAt(chance(4))] : [];
    const released = dayText(today - Math.floor(chanceOf(5, album) ** 2 * 22_000));
    builder.add({
      recordingId: n + 1,
      artistIds: guest.includes(own) ? [own] : [own, ...guest],
      albumId: `album ${album}`,
      durationMs: 120_000 + Math.floor(chance(6) * 200_000),
      explicit: chance(7) < 0.1,
      popularity: chance(8) < 0.8 ? Math.floor(100 * chance(9) ** 2.5) : null,
      releasedOn: released,
      ingestedOn: '2026-10-01',
      hasIsrc: true,
      features: Array.from({ length: 12 }, (_, feature) =>
        chance(10) < 0.94 ? (feature === 11 ? 60 + chance(22) * 120 : chance(11 + feature)) : null,
      ),
      featuresSource: 'reccobeats',
      genres: [`genre ${Math.floor(chanceOf(30, album) ** 1.5 * GENRES)}`],
      moods: [],
    });
  }
  return builder.build();
}

/**
 * Policy `n` of twenty that compete for the same tracks: each admits about a quarter of the genres, all prefer popularity. Most have a network-wide repeat
 * window, some a per-policy one with exclusivity, one a per-playlist one; some have a mix, some keep part of yesterday's tracks, some have a small pool.
 */
function policyOf(n: number): Policy {
  const genres = Array.from({ length: n % 7 === 3 ? 2 : 6 }, (_, step) => `genre ${(n + step * 4) % GENRES}`);
  const mix: PolicyV1Input['mix'] =
    n % 6 === 1
      ? [
          { name: 'New', rule: { field: 'release_date', op: 'within_days', value: 720 }, share: 40 },
          { name: 'Old', rule: { field: 'release_date', op: 'older_than_days', value: 720 }, share: 60 },
        ]
      : [];
  return policyV1.parse({
    version: 1,
    pool: {
      all: [
        { field: 'genre', op: 'has_any', value: genres },
        { field: 'popularity', op: 'gte', value: 10 + (n % 5) * 8 },
      ],
    },
    prefer: [
      { field: 'popularity', toward: 100, spread: 25 + (n % 3) * 10, weight: 2 },
      { field: 'energy', toward: 0.2 + (n % 5) * 0.15, spread: 0.25, weight: 1 },
      { field: 'tempo', toward: 90 + n * 3, spread: 25, weight: 0.5 },
    ],
    caps: n % 4 === 0 ? { perArtist: 1, perAlbum: 1 } : { perArtist: 2, perAlbum: n % 4 === 2 ? 2 : 1 },
    rest: { days: 7, scope: n === 19 ? 'playlist' : n % 4 === 3 ? 'policy' : 'network' },
    mix,
    turnover: n % 5 === 2 && mix.length === 0 ? 0.4 : 1,
    exclusivity: n % 4 === 3 && n !== 19 ? { group: 'apart' } : {},
    size: 50,
    seed: `policy ${n}`,
  });
}

/** The playlists of the network, assigned to the policies in turn. */
export function networkOf(playlists: number): ListOfDay[] {
  const policies = Array.from({ length: POLICIES }, (_, n) => policyOf(n));
  return Array.from({ length: playlists }, (_, index) => {
    const n = index % POLICIES;
    return {
      id: `playlist ${index}`,
      globalIndex: index + 1,
      themeTag: `Theme ${index}`,
      policyId: `policy ${n}`,
      policyFamilyId: `family ${n}`,
      policy: policies[n] ?? policyOf(n),
      refs: NO_REFS,
      marks: [],
    };
  });
}

/** Placements of older days: in each scope a share of the catalog is in its repeat window, as if placed the day before yesterday. */
export function olderDays(catalog: Catalog, lists: readonly ListOfDay[]): RepeatIndex {
  const repeatIndex = new RepeatIndex();
  const lastDay = dayNumber(YESTERDAY) - 1;
  for (const scope of new Set(lists.map((list) => restScopeKey(list.policy, { playlistId: list.id, policyFamilyId: list.policyFamilyId })))) {
    const seed = hashText(scope);
    const share = scope === 'network' ? RESTING_SHARE : RESTING_SHARE / 10;
    for (let row = 0; row < catalog.size; row += 1)
      if (chanceOf(seed, row) < share) repeatIndex.addStay(scope, { row, lastDay, restsUntil: lastDay + 7 });
  }
  return repeatIndex;
}
