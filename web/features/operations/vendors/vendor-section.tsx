import type { VendorView } from '#shared/contracts/operations/vendors.ts';
import { dayAndTime } from '#web/lib/dates.ts';
import { count } from '#web/lib/words.ts';
import { Histogram } from '#web/ui/charts/histogram.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { BreakerLines } from './breaker-lines.tsx';
import { RateLimitTable } from './rate-limit-table.tsx';
import { cacheText, budgetText, rateLimitsText, requestsByHour, requestsText } from './vendor-words.ts';
import styles from './vendors.module.css';

/** One vendor: its circuit breakers, request budget, rate limits, cache and requests per hour. */
export function VendorSection({ vendor, now }: { readonly vendor: VendorView; readonly now: string }) {
  const { limited } = vendor;
  return (
    <PageSection title={vendor.name} note={rateLimitsText(vendor)}>
      <div className={styles['vendor']}>
        <div>
          <BreakerLines breakers={vendor.breakers} now={now} vendor={vendor.name} />
          <dl className={styles['facts']}>
            <div>
              <dt>Budget</dt>
              <dd>{budgetText(vendor)}</dd>
            </div>
            <div>
              <dt>Retry-After</dt>
              <dd>
                {limited ? (
                  <StatusText tone="soon">
                    Paused until {dayAndTime(limited.until, now.slice(0, 10))}: {limited.why}
                  </StatusText>
                ) : (
                  'Not rate limited.'
                )}
              </dd>
            </div>
            <div>
              <dt>Cache</dt>
              <dd>{cacheText(vendor.cache, vendor.name)}</dd>
            </div>
          </dl>
        </div>
        {vendor.hours.some(({ requests }) => requests > 0) ? (
          <Histogram
            title="Requests by hour"
            summary={requestsText(vendor)}
            axisName="Hour"
            series={['Requests']}
            points={requestsByHour(vendor)}
            format={count}
          />
        ) : (
          <p className={styles['calm']}>{requestsText(vendor)}</p>
        )}
      </div>
      {vendor.latestRateLimits.length > 0 ? <RateLimitTable stops={vendor.latestRateLimits} vendor={vendor.name} now={now} /> : null}
    </PageSection>
  );
}
