import { z } from 'zod';

/**
 * What the operator decides for the whole network; one row in `network_settings`, changed on the Scaling and Sync screens. Shares are 0–1.
 */
export const networkSettings = z.strictObject({
  scaling: z
    .strictObject({
      /** Tracks of one playlist (K) and the rest in days (R) that the ceiling counts with; null takes them from the policies in use. */
      tracksPerPlaylist: z.int().min(1).max(500).nullable().default(null),
      restDays: z.int().min(1).max(730).nullable().default(null),
      /** Playlists that are kept whatever the ceiling says; the over-commitment is stated in days. */
      floorTotalPlaylists: z.int().min(0).max(100_000).default(0),
      /** Playlists that are never exceeded, whatever the catalogue carries; null sets no bound. */
      maxTotalPlaylists: z.int().min(1).max(100_000).nullable().default(null),
      /** An account that cannot be used for so many days loses its replicas to others; a shorter absence is waited out. */
      lostAfterDays: z.int().min(0).max(182).default(3),
      /** On how many accounts each playlist stands. */
      replicationFactor: z.int().min(1).max(10).default(1),
      /** Platform limits: people on an app's list, apps a developer may have, requests a day. */
      usersPerApp: z.int().min(1).max(100_000).default(5),
      appsPerDeveloper: z.int().min(1).max(1_000).default(25),
      requestsPerDay: z.int().min(1).nullable().default(null),
      /** An account whose authorisation ends within so many days takes no new playlists. */
      expiringWithinDays: z.int().min(0).max(182).default(7),
      automatic: z.boolean().default(false),
      /** Most playlists and replicas, as a share of those there are, that an automatic plan may add, retire or move. */
      blastRadius: z.number().min(0).max(1).default(0.1),
    })
    .prefault({}),
  sync: z
    .strictObject({
      /** A day waits for approval above any of these. */
      changedTracksShare: z.number().min(0).max(1).default(1),
      createsADay: z.int().min(0).max(100_000).default(200),
      renamedShare: z.number().min(0).max(1).default(1),
      handEditedShare: z.number().min(0).max(1).default(0.25),
      unfollowsADay: z.int().min(0).max(100_000).default(0),
    })
    .prefault({}),
});
export type NetworkSettings = z.infer<typeof networkSettings>;
export const DEFAULT_NETWORK_SETTINGS: NetworkSettings = networkSettings.parse({});
