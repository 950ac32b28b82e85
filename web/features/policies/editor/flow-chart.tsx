import { LineChart } from '#web/ui/charts/line-chart.tsx';
import { mixingSteps } from '../rules/camelot.ts';

interface ChartedTrack {
  readonly position: number;
  readonly title: string;
  readonly energy: number | null;
  /** The energy that the arc asks for; null without an arc. */
  readonly wishedEnergy: number | null;
  readonly camelot: string | null;
}

/** Chart of energy from the first track to the last, with the number of harmonic key changes. */
export function PreviewFlowChart({ entries }: { readonly entries: readonly ChartedTrack[] }) {
  const unknown = entries.filter(({ energy }) => energy === null).length;
  const hasArc = entries.some(({ wishedEnergy }) => wishedEnergy !== null);
  const { mixing, known } = mixingSteps(entries.map(({ camelot }) => camelot));
  return (
    <LineChart
      title="Flow"
      summary={`Energy, track 1 to ${entries.length}${unknown > 0 ? `, unknown for ${unknown}` : ''}. ${mixing} of ${known} known key changes are harmonic.`}
      axisName="Track"
      series={hasArc ? ['Energy', 'Arc'] : ['Energy']}
      filled
      floor={0}
      format={(energy) => energy.toFixed(2)}
      points={entries.map(({ position, title, energy, wishedEnergy, camelot }) => ({
        name: `${position} ${title}${camelot ? `, ${camelot}` : ''}`,
        values: hasArc ? [energy, wishedEnergy] : [energy],
      }))}
    />
  );
}
