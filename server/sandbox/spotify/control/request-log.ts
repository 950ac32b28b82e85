/** A logged request. */
export interface LoggedRequest {
  readonly at: number;
  readonly service: 'api' | 'accounts';
  readonly method: string;
  /** Path without the query; API paths without `/v1`. */
  readonly path: string;
  readonly query: string;
  /** The route's pattern, such as `/playlists/:id/items`; empty when no route matches. */
  readonly route: string;
  /** 0 when the connection was closed without a response. */
  readonly status: number;
  readonly clientId: string | null;
  readonly personId: string | null;
}

/** The latest requests (bounded) and totals (never truncated). */
export interface RequestLog {
  add(entry: LoggedRequest): void;
  /** Oldest first. */
  recent(filter?: { method?: string; path?: string | RegExp }): LoggedRequest[];
  /** Number of responses since the start or the last `clear`, by `METHOD route status`. */
  totals(): Record<string, number>;
  clear(): void;
}

export function createRequestLog(size: number): RequestLog {
  let ring: LoggedRequest[] = [];
  let next = 0;
  let totals = new Map<string, number>();
  return {
    add(entry) {
      ring[next % size] = entry;
      next++;
      const key = `${entry.method} ${entry.route} ${entry.status}`;
      totals.set(key, (totals.get(key) ?? 0) + 1);
    },
    recent({ method, path } = {}) {
      const ordered = next > size ? [...ring.slice(next % size), ...ring.slice(0, next % size)] : ring;
      const matchesPath = (one: string) => path === undefined || (typeof path === 'string' ? one === path : path.test(one));
      return ordered.filter((entry) => (method === undefined || entry.method === method) && matchesPath(entry.path));
    },
    totals: () => Object.fromEntries(totals),
    clear() {
      ring = [];
      next = 0;
      totals = new Map();
    },
  };
}
