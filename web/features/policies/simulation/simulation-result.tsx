import type { SimulationView } from '#shared/contracts/policies/policy-views.ts';
import { count, percent } from '#web/lib/words.ts';
import { Histogram } from '#web/ui/charts/histogram.tsx';
import { LineChart } from '#web/ui/charts/line-chart.tsx';
import styles from './simulation.module.css';
import { distancesOf, ofAList, outcomeOf, pointsOf } from './simulation-words.ts';

interface SimulationResultProps {
  readonly results: SimulationView['results'];
  /** The rest that the version asks for, where it is known: no recording may come back before. */
  readonly restDays: number | null;
}

/** What N days forward look like, drawn; with two versions each picture shows both. */
export function SimulationResults({ results: played, restDays }: SimulationResultProps) {
  const results = played.map((one) => ({ name: one.name, result: one.own ?? one.result }));
  const series = results.map(({ name }) => name);
  const daily = { along: 'Day', series };
  const reused = results.reduce((sum, { result }) => sum + result.reuseDistances.reduce((all, { count: times }) => all + times, 0), 0);
  return (
    <>
      <Figures results={results} whole={played} />
      <div className={styles['charts']}>
        <LineChart
          {...daily}
          title="Left to choose from"
          says="Recordings that could still be chosen after each day. Where the line meets the ground the pool is dry."
          points={pointsOf(results, (day) => day.candidates)}
          format={count}
          floor={0}
          filled={results.length === 1}
        />
        <LineChart
          {...daily}
          title="Lists filled"
          says="Share of all places that were filled each day."
          points={pointsOf(results, (day) => day.fillRate)}
          format={percent}
          floor={0}
          rule={1}
        />
        <LineChart
          {...daily}
          title="New since the day before"
          says="Share of tracks that were not in the list the day before."
          points={pointsOf(
            results,
            ofAList((day) => day.fresh),
          )}
          format={percent}
          floor={0}
        />
        <LineChart
          {...daily}
          title="Artist spread"
          says="Different artists for every hundred tracks."
          points={pointsOf(
            results,
            ofAList((day) => day.artistSpread),
          )}
          format={percent}
          floor={0}
        />
        <Histogram
          title="How soon a recording came back"
          says={
            reused === 0
              ? 'No recording came back in these days.'
              : `Days between two plays of a recording${restDays === null ? '' : `. Dashed: the rest of ${restDays} days, before which nothing may return`}.`
          }
          along="Distance"
          series={series}
          points={distancesOf(results, restDays)}
          format={count}
          {...(restDays === null || restDays === 0 ? {} : { ruleBefore: restDays - 1 })}
        />
      </div>
    </>
  );
}

function Figures({ results, whole }: Pick<SimulationResultProps, 'results'> & { readonly whole: SimulationResultProps['results'] }) {
  const rows: readonly (readonly [string, (at: number) => string])[] = [
    ['Outcome', (at) => words(results, at, (result) => outcomeOf(result))],
    ...(whole.some(({ own }) => own) ? [['Whole network', (at: number) => words(whole, at, (result) => outcomeOf(result))] as const] : []),
    ['Tracks placed', (at) => words(results, at, (result) => count(result.entries))],
    ['Different recordings', (at) => words(results, at, (result) => count(result.distinctRecordings))],
    ['Different artists', (at) => words(results, at, (result) => count(result.distinctArtists))],
    ['Proof', (at) => words(results, at, (result) => result.digest.slice(0, 12))],
  ];
  return (
    <table className={styles['figures']}>
      <caption className="sr">Figures</caption>
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
              <td key={one.name} className={name === 'Proof' ? 'mono' : undefined}>
                {read(at)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function words(results: SimulationResultProps['results'], at: number, read: (result: SimulationView['results'][number]['result']) => string): string {
  const one = results[at];
  return one ? read(one.result) : '';
}
