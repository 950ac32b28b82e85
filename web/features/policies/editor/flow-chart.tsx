import { LineChart } from '#web/ui/charts/line-chart.tsx';
import { mixingSteps } from '../rules/camelot.ts';

interface ChartedTrack {
  readonly position: number;
  readonly title: string;
  readonly energy: number | null;
  readonly camelot: string | null;
}

/** Chart of energy from the first track to the last, with the number of harmonic key changes. */
export function PreviewFlowChart({ entries }: { readonly entries: readonly ChartedTrack[] }) {
  const unknown = entries.filter(({ energy }) => energy === null).length;
  const { mixing, known } = mixingSteps(entries.map(({ camelot }) => camelot));
  return (
    <LineChart
      title="Flow"
      summary={`Energy, track 1 to ${entries.length}${unknown > 0 ? `, unknown for ${unknown}` : ''}. ${mixing} of ${known} known key changes are harmonic.`}
      axisName="Track"
      series={['Energy']}
      filled
      floor={0}
      format={(energy) => energy.toFixed(2)}
      points={entries.map(({ position, title, energy, camelot }) => ({
        name: `${position} ${title}${camelot ? `, ${camelot}` : ''}`,
        values: [energy],
      }))}
    />
  );
}
