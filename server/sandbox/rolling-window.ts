/** Lets `requests` pass in any `windowMs` milliseconds; answers 0, or the milliseconds until the next may. */
export function createRollingWindow(limit: { requests: number; windowMs: number } | undefined): (now: number) => number {
  let times: number[] = [];
  return (now) => {
    if (!limit) return 0;
    times = times.filter((at) => at > now - limit.windowMs);
    const [oldest] = times;
    if (oldest !== undefined && times.length >= limit.requests) return oldest + limit.windowMs - now;
    times.push(now);
    return 0;
  };
}
