import { z } from 'zod';
import { numberInput, shareInput, wholeInput } from '#shared/input-types.ts';
import { SCALING_BOUNDS } from '#shared/domain/scaling/scaling-bounds.ts';
import type { ScalingNumber } from '#shared/domain/scaling/scaling-bounds.ts';

const wholeNumber = (key: ScalingNumber) => wholeInput(SCALING_BOUNDS[key].min, SCALING_BOUNDS[key].max);

/** Renders: what a person may use in a month, and how long addresses are kept. Money is in millionths of a US dollar; null is no limit. */
export const studioSettingsBody = z.strictObject({
  rendersPerMonth: wholeInput(0, 1_000_000).nullable().default(200),
  usdMicrosPerMonth: wholeInput(0, 1_000_000_000_000).nullable().default(5_000_000),
  /** The limits of admins; null gives them those of everybody. */
  admins: z
    .strictObject({
      rendersPerMonth: wholeInput(0, 1_000_000).nullable(),
      usdMicrosPerMonth: wholeInput(0, 1_000_000_000_000).nullable(),
    })
    .nullable()
    .default(null),
  /** Days after which the IP address of an attempt is deleted. */
  addressDays: wholeInput(0, 3_650).default(30),
});

/** How the network draws covers for its playlists. */
export const coverSettingsBody = z.strictObject({
  automatic: z.boolean().default(true),
  /** How far the music may drift from what its cover was drawn from before a new one is drawn; 0.2 is a clear change of mood. */
  driftMax: shareInput.default(0.2),
});
export type CoverSettings = z.infer<typeof coverSettingsBody>;

/** Albums that listeners submit. */
export const submissionSettingsBody = z.strictObject({
  isOpen: z.boolean().default(true),
  /** Whether the operator decides before an album is imported. */
  needsApproval: z.boolean().default(true),
  /** New albums of one person in a day (UTC). */
  perDayMax: wholeInput(1, 1_000).default(5),
});
export type SubmissionSettings = z.infer<typeof submissionSettingsBody>;

/**
 * The operator's settings for the whole network; one row in `network_settings`, edited on the Scaling, Sync, Usage and Import pages. Shares are 0–1.
 */
export const networkSettingsBody = z.strictObject({
  scaling: z
    .strictObject({
      /** Tracks per playlist (K) and repeat window in days (R) used for the ceiling; null takes them from the policies in use. */
      tracksPerPlaylist: wholeNumber('tracksPerPlaylist').nullable().default(null),
      restDays: wholeNumber('restDays').nullable().default(null),
      /** Minimum playlists, even above the ceiling; the over-commitment is stated in days. */
      floorTotalPlaylists: wholeNumber('floorTotalPlaylists').default(0),
      /** Maximum playlists, whatever the catalog can fill; null is no limit. */
      maxTotalPlaylists: wholeNumber('maxTotalPlaylists').nullable().default(null),
      /** Days after which an unusable account is treated as lost and its replicas move to other accounts. */
      lostAfterDays: wholeNumber('lostAfterDays').default(3),
      /** How many accounts host each playlist. */
      replicationFactor: wholeNumber('replicationFactor').default(1),
      /** Platform limits: users per app, apps per developer, requests per day. */
      usersPerApp: wholeNumber('usersPerApp').default(5),
      appsPerDeveloper: wholeNumber('appsPerDeveloper').default(25),
      requestsPerDay: wholeNumber('requestsPerDay').nullable().default(null),
      /** An account whose authorization expires within this many days gets no new playlists. */
      expiringWithinDays: wholeNumber('expiringWithinDays').default(7),
      automatic: z.boolean().default(false),
      /** Maximum share of the existing playlists and replicas that an automatic plan may add, retire or move. */
      blastRadius: numberInput(SCALING_BOUNDS.blastRadius.min, SCALING_BOUNDS.blastRadius.max).default(0.1),
    })
    .prefault({}),
  sync: z
    .strictObject({
      /** Auto-apply limits: a day above any of these waits for approval. */
      changedTracksShare: shareInput.default(1),
      createsADay: wholeInput(0, 100_000).default(200),
      renamedShare: shareInput.default(1),
      handEditedShare: shareInput.default(0.25),
      unfollowsADay: wholeInput(0, 100_000).default(0),
    })
    .prefault({}),
  studio: studioSettingsBody.prefault({}),
  covers: coverSettingsBody.prefault({}),
  submissions: submissionSettingsBody.prefault({}),
});
export type NetworkSettings = z.infer<typeof networkSettingsBody>;
export const DEFAULT_NETWORK_SETTINGS: NetworkSettings = networkSettingsBody.parse({});
