import type { SimulationView } from '#shared/contracts/policies/policy-views.ts';
import { count, percent } from '#web/lib/words.ts';
import { Histogram } from '#web/ui/charts/histogram.tsx';
import { LineChart } from '#web/ui/charts/line-chart.tsx';
import styles from './simulation.module.css';
import { simulatedGapPoints, onPublishedDays, outcomeText, dailyPoints } from './simulation-text.ts';

interface SimulationResultProps {
  readonly results: SimulationView['results'];
  /** The repeat window in days, if known: no recording may repeat earlier. */
  readonly restDays: number | null;
}

/** The figures and charts of a simulation; with two versions each chart shows both. */
export function SimulationResults({ results: variants, restDays }: SimulationResultProps) {
  const results = variants.map((one) => ({ name: one.name, result: one.own ?? one.result }));
  const series = results.map(({ name }) => name);
  const daily = { axisName: 'Day', series };
  const reused = results.reduce((sum, { result }) => sum + result.reuseDistances.reduce((all, { count: times }) => all + times, 0), 0);
  return (
    <>
      <Figures results={results} whole={variants} />
      <div className={styles['charts']}>
        <LineChart
          {...daily}
          title="Candidates left"
          summary="Recordings that can still be chosen after each day. At zero the pool is empty."
          points={dailyPoints(results, (day) => day.candidates)}
          format={count}
          floor={0}
          filled={results.length === 1}
        />
        <LineChart
          {...daily}
          title="Slots filled"
          summary="Share of all slots that were filled each day."
          points={dailyPoints(results, (day) => day.fillRate)}
          format={percent}
          floor={0}
          rule={1}
        />
        <LineChart
          {...daily}
          title="New since the day before"
          summary="Share of tracks that were not in the list the day before."
          points={dailyPoints(
            results,
            onPublishedDays((day) => day.fresh),
          )}
          format={percent}
          floor={0}
        />
        <LineChart
          {...daily}
          title="Artist variety"
          summary="Different artists per 100 tracks."
          points={dailyPoints(
            results,
            onPublishedDays((day) => day.artistSpread),
          )}
          format={percent}
          floor={0}
        />
        <Histogram
          title="Days between repeats"
          summary={
            reused === 0
              ? 'No recording repeated.'
              : `Days between two plays of a recording${restDays === null ? '' : `. Dashed: the ${restDays}-day repeat window`}.`
          }
          axisName="Gap"
          series={series}
          points={simulatedGapPoints(results, restDays)}
          format={count}
          {...(restDays === null || restDays === 0 ? {} : { ruleBefore: restDays - 1 })}
        />
      </div>
    </>
  );
}

function Figures({ results, whole }: Pick<SimulationResultProps, 'results'> & { readonly whole: SimulationResultProps['results'] }) {
  const rows: readonly (readonly [string, (at: number) => string])[] = [
    ['Result', (at) => textOf(results, at, (result) => outcomeText(result))],
    ...(whole.some(({ own }) => own) ? [['Whole network', (at: number) => textOf(whole, at, (result) => outcomeText(result))] as const] : []),
    ['Tracks placed', (at) => textOf(results, at, (result) => count(result.entries))],
    ['Different recordings', (at) => textOf(results, at, (result) => count(result.distinctRecordings))],
    ['Different artists', (at) => textOf(results, at, (result) => count(result.distinctArtists))],
    ['Digest (SHA-256)', (at) => textOf(results, at, (result) => result.digest.slice(0, 12))],
  ];
  return (
    <table className={styles['figures']}>
      <caption className="sr">Simulation figures</caption>
      <thead>
        <tr>
          <td />
          {results.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, read]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {results.map((one, at) => (
              <td key={one.name} className={name === 'Digest (SHA-256)' ? 'mono' : undefined}>
                {read(at)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function textOf(
  results: SimulationResultProps['results'],
  at: number,
  read: (result: SimulationView['results'][number]['result']) => string,
): string {
  const one = results[at];
  return one ? read(one.result) : '';
}
