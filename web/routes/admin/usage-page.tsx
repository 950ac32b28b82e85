import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { NetworkUsageView } from '#shared/contracts/studio/usage.ts';
import { dollars } from '#web/features/studio/money.ts';
import { LedgerTable } from '#web/features/studio/usage/ledger-table.tsx';
import { monthName } from '#web/features/studio/usage/month-name.ts';
import { PeopleTable } from '#web/features/studio/usage/people-table.tsx';
import { StudioSettingsForm } from '#web/features/studio/usage/studio-settings-form.tsx';
import { UnknownCosts } from '#web/features/studio/usage/unknown-costs.tsx';
import styles from '#web/features/studio/usage/usage.module.css';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { ErrorState, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { PageHead, PageSection } from '#web/ui/layout/page-head.tsx';

/** What pictures cost this month, by person and by vendor, and the limits. */
export function UsagePage() {
  usePageTitle('Usage');
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const usage = useQuery(trpc.generation.usage.network.queryOptions({}));
  if (usage.error && !usage.data) return <ErrorState isPage error={usage.error} what="Can’t load the usage." onRetry={() => void usage.refetch()} />;
  const view = usage.data;
  return (
    <>
      <PageHead title={view ? usageHeadline(view) : <TitleSkeleton width="16em" />}>
        Every picture of a model reserves its estimate before it is requested, and settles when the vendor’s answer is known. Pictures drawn by Segue
        are free.
      </PageHead>
      {view ? (
        <div className={styles['parts']}>
          {view.unknown.length > 0 ? (
            <PageSection title="Costs to decide" note="Compare with the vendor’s bill">
              <UnknownCosts costs={view.unknown} today={today} />
            </PageSection>
          ) : null}
          <PageSection title="People">
            <PeopleTable people={view.people} />
          </PageSection>
          <PageSection title="By vendor">
            <LedgerTable ledger={view.ledger} />
          </PageSection>
          <PageSection title="Settings">
            <StudioSettingsForm key={JSON.stringify(view.settings)} settings={view.settings} />
          </PageSection>
        </div>
      ) : null}
      {usage.isPending ? <RowsSkeleton rows={6} /> : null}
    </>
  );
}

function usageHeadline({ month, ledger, unknown }: NetworkUsageView): string {
  const charged = ledger.filter(({ state }) => state === 'charged').reduce((sum, { usdMicros }) => sum + usdMicros, 0);
  const open = unknown.length === 0 ? '' : ` ${unknown.length === 1 ? 'One cost is' : `${unknown.length} costs are`} unknown.`;
  return `${monthName(month)} has cost ${dollars(charged)} so far.${open}`;
}
