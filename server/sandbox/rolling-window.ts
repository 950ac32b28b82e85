/** A rolling-window rate limit. Returns 0 when the request is allowed, else the milliseconds until the next one is. */
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
