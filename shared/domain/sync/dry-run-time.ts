/**
 * Seconds that the requests take at the current budgets. Accounts work in parallel, each within its own budget, all within the app's.
 * Null when no budget is known.
 */
export function secondsFor(
  accounts: readonly { readonly requests: number; readonly perMinute: number | null }[],
  appPerMinute: number | undefined,
): number | null {
  const own = accounts.flatMap(({ requests, perMinute }) => (perMinute === null ? [] : [(requests / perMinute) * 60]));
  const all = accounts.reduce((total, { requests }) => total + requests, 0);
  const times = appPerMinute === undefined ? own : [...own, (all / appPerMinute) * 60];
  return times.length === 0 ? null : Math.ceil(Math.max(...times));
}
