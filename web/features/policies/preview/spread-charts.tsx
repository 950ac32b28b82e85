import { fieldLabel, formatFieldValue } from '#shared/domain/policies/describe-policy.ts';
import { plural } from '#web/lib/words.ts';
import { DistributionChart } from '#web/ui/charts/distribution-chart.tsx';
import type { DraftResults } from './use-draft-results.ts';

type Spread = NonNullable<DraftResults['preview']['data']>['spreads'][number];

/** For each target the distribution of the list beside the one that the policy asks for. */
export function SpreadCharts({ spreads }: { readonly spreads: readonly Spread[] }) {
  return (
    <>
      {spreads.map((spread) => (
        <SpreadChart key={`${spread.field} ${spread.toward}`} spread={spread} />
      ))}
    </>
  );
}

function SpreadChart({ spread }: { readonly spread: Spread }) {
  const text = (value: number) => formatFieldValue(spread.field, value);
  return (
    <DistributionChart
      title={`Spread of ${fieldLabel(spread.field, { isShort: true }).toLowerCase()}`}
      summary={spreadText(spread)}
      axisName={fieldLabel(spread.field, { isShort: true })}
      series={['Tracks', 'Target']}
      format={(tracks) => (Number.isInteger(tracks) ? String(tracks) : tracks.toFixed(1))}
      points={spread.bins.map(({ from, to, tracks, wished }) => ({ name: `${text(from)} to ${text(to)}`, values: [tracks, wished] }))}
    />
  );
}

/** "Mean 0.61 (target 0.60), spread 0.17 (target 0.20)." */
function spreadText({ field, toward, spread, mean, deviation, unknown }: Spread): string {
  const text = (value: number) => formatFieldValue(field, value);
  if (mean === null || deviation === null) return 'Unknown for every track: this target has no effect.';
  const gaps = unknown > 0 ? ` Unknown for ${plural(unknown, 'track')}.` : '';
  return `Mean ${text(mean)} (target ${text(toward)}), spread ${text(deviation)} (target ${text(spread)}).${gaps}`;
}
