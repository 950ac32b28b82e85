import type { Deps } from '#server/deps.ts';
import type { VendorFacts } from '#server/providers/ports.ts';
import { listBlocks } from '#server/repos/limits/request-blocks.ts';
import { listBreakers } from '#server/repos/limits/vendor-breakers.ts';
import type { BreakerRow } from '#server/repos/limits/vendor-breakers.ts';
import type { Trouble } from '#shared/contracts/alerts.ts';

/** A shorter stop is over before anybody could do anything about it. */
const LONG_STOP_MS = 30 * 60_000;
const ACTION = { label: 'Open vendors', href: '/admin/vendors' } as const;

/** Vendors that are down, out of quota or told us to stop for long: what stands still meanwhile, and when it goes on by itself. */
export async function listVendorTroubles(deps: Pick<Deps, 'db' | 'now' | 'vendors'>): Promise<Trouble[]> {
  const now = deps.now();
  const [breakers, blocks] = await Promise.all([listBreakers(deps.db), listBlocks(deps.db, now)]);
  const rows = new Map(breakers.filter(({ state }) => state !== 'closed').map((row) => [row.vendor, row]));
  return deps.vendors.flatMap((vendor) => {
    const troubles = vendor.breakers.flatMap((breaker) => {
      const row = rows.get(breaker.key);
      if (!row) return [];
      if (!breaker.isQuota) return [downTrouble(vendor, breaker, { row, now })];
      // Past its time it is as good as new; the next request finds out.
      return row.openUntil && row.openUntil > now ? [quotaTrouble(vendor, breaker, { row, now })] : [];
    });
    const block = blocks.find(({ key, until }) => key === vendor.bucket && until.getTime() - now.getTime() > LONG_STOP_MS);
    return block ? [...troubles, stopTrouble(vendor, block.until)] : troubles;
  });
}

type BreakerFacts = VendorFacts['breakers'][number];
interface Open {
  readonly row: BreakerRow;
  readonly now: Date;
}

function downTrouble(vendor: VendorFacts, breaker: BreakerFacts, { row, now }: Open): Trouble {
  const what = breaker.name === vendor.name ? vendor.name : `${vendor.name} (${breaker.name})`;
  const isSpotify = vendor.vendor === 'spotify';
  const meanwhile = isSpotify
    ? 'Reading albums and writing playlists wait; what was curated is kept.'
    : 'What it would have told stays unknown for now; playlists do without it.';
  return {
    key: `vendor:${breaker.key}:down`,
    level: isSpotify ? 'critical' : 'warning',
    what: `${what} does not answer`,
    detail: `${row.why ?? 'Several requests in a row failed.'} ${meanwhile} It is tried again ${when(row.openUntil, now)}; if it lasts, look at the vendor’s status page.`,
    action: ACTION,
  };
}

function quotaTrouble(vendor: VendorFacts, breaker: BreakerFacts, { row, now }: Open): Trouble {
  return {
    key: `vendor:${breaker.key}:quota`,
    level: breaker.key.endsWith(':playlists') ? 'critical' : 'warning',
    what: `${vendor.name}’s quota for ${breaker.name.toLowerCase()} is used up`,
    detail: `Requests of this kind wait and go on by themselves ${when(row.openUntil, now)}. If it happens often, ask for fewer requests a minute or for extended quota.`,
    action: ACTION,
  };
}

function stopTrouble(vendor: VendorFacts, until: Date): Trouble {
  return {
    key: `vendor:${vendor.bucket}:stopped`,
    level: 'warning',
    what: `${vendor.name} told us to stop asking`,
    detail: `Nothing is asked before ${inWords(until)}; what waits goes on by itself then. If it happens often, lower its budget in VENDOR_REQUESTS_PER_MINUTE.`,
    action: ACTION,
  };
}

function when(until: Date | null, now: Date): string {
  return until === null || until <= now ? 'with the next request' : `from ${inWords(until)} on`;
}

function inWords(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
