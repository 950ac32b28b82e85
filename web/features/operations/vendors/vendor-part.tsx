import type { VendorView } from '#shared/contracts/operations/vendors.ts';
import { when } from '#web/lib/dates.ts';
import { count } from '#web/lib/words.ts';
import { Histogram } from '#web/ui/charts/histogram.tsx';
import { Part } from '#web/ui/layout/page-head.tsx';
import { StateText } from '#web/ui/feedback/state-text.tsx';
import { BreakerLines } from './breaker-lines.tsx';
import { StopTable } from './stop-table.tsx';
import { cacheSays, paceSays, stopsSay, requestsByHour, requestsSay } from './vendor-words.ts';
import styles from './vendors.module.css';

/** One vendor: its circuit breakers, request budget, rate limits, cache and requests per hour. */
export function VendorPart({ vendor, now }: { readonly vendor: VendorView; readonly now: string }) {
  const { limited } = vendor;
  return (
    <Part title={vendor.name} note={stopsSay(vendor)}>
      <div className={styles['vendor']}>
        <div>
          <BreakerLines breakers={vendor.breakers} now={now} vendor={vendor.name} />
          <dl className={styles['facts']}>
            <div>
              <dt>Budget</dt>
              <dd>{paceSays(vendor)}</dd>
            </div>
            <div>
              <dt>Retry-After</dt>
              <dd>
                {limited ? (
                  <StateText tone="soon">
                    Paused until {when(limited.until, now.slice(0, 10))}: {limited.why}
                  </StateText>
                ) : (
                  'Not rate limited.'
                )}
              </dd>
            </div>
            <div>
              <dt>Cache</dt>
              <dd>{cacheSays(vendor.cache, vendor.name)}</dd>
            </div>
          </dl>
        </div>
        {vendor.hours.some(({ requests }) => requests > 0) ? (
          <Histogram
            title="Requests by hour"
            says={requestsSay(vendor)}
            along="Hour"
            series={['Requests']}
            points={requestsByHour(vendor)}
            format={count}
          />
        ) : (
          <p className={styles['calm']}>{requestsSay(vendor)}</p>
        )}
      </div>
      {vendor.latestStops.length > 0 ? <StopTable stops={vendor.latestStops} vendor={vendor.name} now={now} /> : null}
    </Part>
  );
}
