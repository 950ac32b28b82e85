import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { NetworkUsageView } from '#shared/contracts/studio/usage.ts';
import type { UsageFigures, UsageFiguresInput } from '#shared/contracts/studio/usage-figures.ts';
import { AttentionList } from '#web/features/studio/usage/attention-list.tsx';
import { CostChart } from '#web/features/studio/usage/cost-chart.tsx';
import { DaysChart } from '#web/features/studio/usage/days-chart.tsx';
import { FailureList } from '#web/features/studio/usage/failure-list.tsx';
import { LedgerTable } from '#web/features/studio/usage/ledger-table.tsx';
import { ModelTable } from '#web/features/studio/usage/model-table.tsx';
import { PeopleTable } from '#web/features/studio/usage/people-table.tsx';
import { RefusalsTable } from '#web/features/studio/usage/refusals-table.tsx';
import { StudioSettingsForm } from '#web/features/studio/usage/studio-settings-form.tsx';
import { UnknownCosts } from '#web/features/studio/usage/unknown-costs.tsx';
import { UsageFilter } from '#web/features/studio/usage/usage-filter.tsx';
import { needsAttention, usageHeadline, usageSummary } from '#web/features/studio/usage/usage-words.ts';
import styles from '#web/features/studio/usage/usage.module.css';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { plural } from '#web/lib/words.ts';
import { ErrorState, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';
import { PageHead, PageSection } from '#web/ui/layout/page-head.tsx';

const route = getRouteApi('/admin/usage');

/** What pictures and videos cost in a month, who made them with which models, what fails, and the limits. */
export function UsagePage() {
  usePageTitle('Usage');
  const { month, person } = route.useSearch();
  const navigate = route.useNavigate();
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  const now = `${today.slice(0, 7)}-01`;
  const asked = { ...(month ? { month } : {}), ...(person ? { person } : {}) };
  const usage = useQuery({ ...trpc.generation.usage.network.queryOptions(month ? { month } : {}), placeholderData: keepPreviousData });
  const figures = useQuery({ ...trpc.generation.usage.figures.queryOptions(asked), placeholderData: keepPreviousData });
  const error = usage.error ?? figures.error;
  if (error && (!usage.data || !figures.data)) {
    const retry = () => void Promise.all([usage.refetch(), figures.refetch()]);
    return <ErrorState isPage error={error} what="Can’t load the usage." onRetry={retry} />;
  }
  const isNow = (figures.data?.month ?? now) === now;
  return (
    <>
      <PageHead
        title={figures.data ? usageHeadline(figures.data, isNow) : <TitleSkeleton width="16em" />}
        actions={
          usage.data ? (
            <UsageFilter
              scope={{ month, person }}
              now={now}
              people={usage.data.people}
              onChange={(scope) => void navigate({ search: scope, resetScroll: false })}
            />
          ) : null
        }
      >
        {figures.data ? usageSummary(figures.data, isNow) : null}
      </PageHead>
      {usage.data && figures.data ? (
        <Sections view={usage.data} figures={figures.data} asked={asked} today={today} isNow={isNow} />
      ) : (
        <RowsSkeleton rows={6} />
      )}
    </>
  );
}

interface SectionsProps {
  readonly view: NetworkUsageView;
  readonly figures: UsageFigures;
  readonly asked: UsageFiguresInput;
  readonly today: string;
  readonly isNow: boolean;
}

function Sections({ view, figures, asked, today, isNow }: SectionsProps) {
  const refused = figures.refusals.reduce((sum, { renders }) => sum + renders, 0);
  return (
    <div className={styles['parts']}>
      <div className={styles['pair']}>
        <PageSection title="Cost">
          <CostChart figures={figures} />
        </PageSection>
        {isNow ? (
          <PageSection title="Needs attention">
            <AttentionList items={needsAttention(view, figures)} />
          </PageSection>
        ) : null}
      </div>
      {view.unknown.length > 0 ? (
        <PageSection title="Costs to decide" note="Compare with the vendor’s bill" id="costs">
          <UnknownCosts costs={view.unknown} today={today} />
        </PageSection>
      ) : null}
      <PageSection title="Models" id="models" note="The line runs from half of the pictures to 95 of 100, on one logarithmic scale">
        {figures.models.length > 0 ? <ModelTable figures={figures} /> : <p className={styles['note']}>No renders.</p>}
        {figures.renders > 0 ? <DaysChart figures={figures} /> : null}
      </PageSection>
      <PageSection title="People and limits" id="people" note="Nearest to a limit first">
        <PeopleTable people={view.people} today={today} />
      </PageSection>
      <div className={styles['pair']}>
        <PageSection title="Refused prompts" note={`${refused} of ${plural(figures.renders, 'render')}`}>
          {refused > 0 ? (
            <RefusalsTable refusals={figures.refusals} scope={asked} today={today} />
          ) : (
            <p className={styles['note']}>No prompt was refused.</p>
          )}
        </PageSection>
        <PageSection title="Failed renders" note={plural(figures.all.failed, 'render')}>
          <FailureList failures={figures.failures} />
        </PageSection>
      </div>
      <PageSection title="Ledger" note="Charged, reserved, refunded and unknown">
        <LedgerTable ledger={view.ledger} />
      </PageSection>
      <PageSection title="Limits by role" note="Months begin on the first day, 00:00 UTC">
        <StudioSettingsForm key={JSON.stringify(view.settings)} settings={view.settings} />
      </PageSection>
      <p className={styles['note']}>
        Every render reserves its estimate before it is requested, and settles when the vendor’s answer is known. Done and charged renders count; what
        was not charged does not. Pictures drawn by Segue are free.
      </p>
    </div>
  );
}
