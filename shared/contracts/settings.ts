import { z } from 'zod';
import { SCALING_BOUNDS } from '#shared/domain/scaling/scaling-bounds.ts';
import type { ScalingNumber } from '#shared/domain/scaling/scaling-bounds.ts';

const whole = (key: ScalingNumber) => z.int().min(SCALING_BOUNDS[key].min).max(SCALING_BOUNDS[key].max);

/**
 * What the operator decides for the whole network; one row in `network_settings`, changed on the Scaling and Sync screens. Shares are 0–1.
 */
export const networkSettings = z.strictObject({
  scaling: z
    .strictObject({
      /** Tracks of one playlist (K) and the rest in days (R) that the ceiling counts with; null takes them from the policies in use. */
      tracksPerPlaylist: whole('tracksPerPlaylist').nullable().default(null),
      restDays: whole('restDays').nullable().default(null),
      /** Playlists that are kept whatever the ceiling says; the over-commitment is stated in days. */
      floorTotalPlaylists: whole('floorTotalPlaylists').default(0),
      /** Playlists that are never exceeded, whatever the catalogue carries; null sets no bound. */
      maxTotalPlaylists: whole('maxTotalPlaylists').nullable().default(null),
      /** An account that cannot be used for so many days loses its replicas to others; a shorter absence is waited out. */
      lostAfterDays: whole('lostAfterDays').default(3),
      /** On how many accounts each playlist stands. */
      replicationFactor: whole('replicationFactor').default(1),
      /** Platform limits: people on an app's list, apps a developer may have, requests a day. */
      usersPerApp: whole('usersPerApp').default(5),
      appsPerDeveloper: whole('appsPerDeveloper').default(25),
      requestsPerDay: whole('requestsPerDay').nullable().default(null),
      /** An account whose authorisation ends within so many days takes no new playlists. */
      expiringWithinDays: whole('expiringWithinDays').default(7),
      automatic: z.boolean().default(false),
      /** Most playlists and replicas, as a share of those there are, that an automatic plan may add, retire or move. */
      blastRadius: z.number().min(SCALING_BOUNDS.blastRadius.min).max(SCALING_BOUNDS.blastRadius.max).default(0.1),
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
