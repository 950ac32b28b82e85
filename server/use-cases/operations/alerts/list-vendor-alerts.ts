import type { Deps } from '#server/deps.ts';
import type { VendorFacts } from '#server/providers/ports.ts';
import { listBlocks } from '#server/repos/limits/request-blocks.ts';
import { listBreakers } from '#server/repos/limits/vendor-breakers.ts';
import type { BreakerRow } from '#server/repos/limits/vendor-breakers.ts';
import type { Alert } from '#shared/contracts/alerts.ts';

/** A shorter rate limit ends before anyone could act on it. */
const LONG_LIMIT_MS = 30 * 60_000;
const ACTION = { label: 'Open vendors', href: '/admin/vendors' } as const;

/** Vendor alerts: vendors that are down, out of quota or rate limiting for long, with what waits and when Segue continues. */
export async function listVendorAlerts(deps: Pick<Deps, 'db' | 'now' | 'vendors'>): Promise<Alert[]> {
  const now = deps.now();
  const [breakers, blocks] = await Promise.all([listBreakers(deps.db), listBlocks(deps.db, now)]);
  const rows = new Map(breakers.filter(({ state }) => state !== 'closed').map((row) => [row.vendor, row]));
  return deps.vendors.flatMap((vendor) => {
    const alerts = vendor.breakers.flatMap((breaker) => {
      const row = rows.get(breaker.key);
      if (!row) return [];
      if (!breaker.isQuota) return [downAlert(vendor, breaker, { row, now })];
      // After its time the next request finds out.
      return row.openUntil && row.openUntil > now ? [quotaAlert(vendor, breaker, { row, now })] : [];
    });
    const block = blocks.find(({ key, until }) => key === vendor.bucket && until.getTime() - now.getTime() > LONG_LIMIT_MS);
    return block ? [...alerts, rateLimitAlert(vendor, block.until)] : alerts;
  });
}

type BreakerFacts = VendorFacts['breakers'][number];
interface Open {
  readonly row: BreakerRow;
  readonly now: Date;
}

function downAlert(vendor: VendorFacts, breaker: BreakerFacts, { row, now }: Open): Alert {
  const what = breaker.name === vendor.name ? vendor.name : `${vendor.name} (${breaker.name})`;
  const isSpotify = vendor.vendor === 'spotify';
  const effect = isSpotify ? 'Imports and syncs wait; curated lists are kept.' : 'Its data stays unknown for now; playlists are curated without it.';
  return {
    key: `vendor:${breaker.key}:down`,
    level: isSpotify ? 'critical' : 'warning',
    what: `${what} is down`,
    detail: `${row.why ?? 'Several requests in a row failed.'} ${effect} Segue tries again ${when(row.openUntil, now)}. If it stays down, check the vendor’s status page.`,
    action: ACTION,
  };
}

function quotaAlert(vendor: VendorFacts, breaker: BreakerFacts, { row, now }: Open): Alert {
  return {
    key: `vendor:${breaker.key}:quota`,
    level: breaker.key.endsWith(':playlists') ? 'critical' : 'warning',
    what: `${vendor.name}’s quota for ${breaker.name.toLowerCase()} is used up`,
    detail: `These requests are paused and continue automatically ${when(row.openUntil, now)}. If it happens often, set fewer requests a minute or apply for extended quota.`,
    action: ACTION,
  };
}

function rateLimitAlert(vendor: VendorFacts, until: Date): Alert {
  return {
    key: `vendor:${vendor.bucket}:stopped`,
    level: 'warning',
    what: `${vendor.name} rate-limited Segue`,
    detail: `Requests are paused until ${inWords(until)}, then continue automatically. If it happens often, lower its budget in VENDOR_REQUESTS_PER_MINUTE.`,
    action: ACTION,
  };
}

function when(until: Date | null, now: Date): string {
  return until === null || until <= now ? 'with the next request' : `at ${inWords(until)}`;
}

function inWords(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
