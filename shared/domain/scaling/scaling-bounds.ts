interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** Allowed ranges of the scaling settings. Shares are 0–1, all others whole numbers. No policy has a repeat window of more than two years. */
export const SCALING_BOUNDS = {
  tracksPerPlaylist: { min: 1, max: 500 },
  restDays: { min: 1, max: 730 },
  floorTotalPlaylists: { min: 0, max: 100_000 },
  maxTotalPlaylists: { min: 1, max: 100_000 },
  lostAfterDays: { min: 0, max: 182 },
  replicationFactor: { min: 1, max: 10 },
  usersPerApp: { min: 1, max: 100_000 },
  appsPerDeveloper: { min: 1, max: 1_000 },
  requestsPerDay: { min: 1, max: 100_000_000 },
  expiringWithinDays: { min: 0, max: 182 },
  blastRadius: { min: 0, max: 1 },
} as const satisfies Record<string, Bounds>;

export type ScalingNumber = keyof typeof SCALING_BOUNDS;
