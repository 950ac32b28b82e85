const MONTHS = 6;

/** When a refresh token expires: six calendar months after its owner authorized, whatever was refreshed since (Spotify, June 2026). */
export function reauthDate(authorizedAt: Date): Date {
  const end = new Date(authorizedAt);
  end.setUTCMonth(end.getUTCMonth() + MONTHS);
  // 31 August plus six months is the end of February, not early March.
  if (end.getUTCDate() !== authorizedAt.getUTCDate()) end.setUTCDate(0);
  return end;
}
