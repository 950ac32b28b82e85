import { useQuery } from '@tanstack/react-query';
import type { OverDaysView } from '#shared/contracts/playlists/history.ts';
import { dayName } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Histogram } from '#web/ui/charts/histogram.tsx';
import { LineChart } from '#web/ui/charts/line-chart.tsx';
import { distancePoints } from './distance-points.ts';
import styles from './over-days.module.css';

const SCOPES = { network: 'the whole network', playlist: 'this playlist', policy: 'the playlists with its rules' } as const;

/** A playlist over its days: what it chose from, how many artists it had, how soon anything came back. Nothing with fewer than two days. */
export function OverDays({ index }: { readonly index: number }) {
  const { data } = useQuery(trpc.network.overDays.queryOptions({ index }));
  if (!data || data.days.length < 2) return null;
  return (
    <section className={styles['over']} aria-label="Over its days">
      <h2>Over its days</h2>
      <div className={styles['charts']}>
        <Pool view={data} />
        <Spread view={data} />
        <Returns view={data} />
      </div>
    </section>
  );
}

function Pool({ view }: { readonly view: OverDaysView }) {
  return (
    <LineChart
      title="To choose from"
      says="Recordings that its rules admit, and dashed those of them that had rested."
      along="Day"
      series={['admitted', 'rested']}
      points={view.days.map(({ day, pool, free }) => ({ name: dayName(day), values: [pool, free] }))}
      format={count}
      floor={0}
    />
  );
}

function Spread({ view }: { readonly view: OverDaysView }) {
  const newest = view.days.findLast(({ artists }) => artists !== null);
  const says = newest
    ? `On ${dayName(newest.day)} ${plural(newest.artists ?? 0, 'artist')}; nobody with more than ${plural(newest.mostByOne ?? 0, 'track')}.`
    : '';
  return (
    <LineChart
      title="Artists in the list"
      says={says}
      along="Day"
      series={['artists']}
      points={view.days.map(({ day, artists }) => ({ name: dayName(day), values: [artists] }))}
      format={count}
      floor={0}
      filled
    />
  );
}

function Returns({ view }: { readonly view: OverDaysView }) {
  const { points, ruleBefore } = distancePoints(view);
  if (points.length === 0)
    return (
      <figure className={styles['none']}>
        <h3>How soon a recording came back</h3>
        <p>Nothing has come back in these days: all {plural(view.firstTimes, 'track')} were there for the first time.</p>
      </figure>
    );
  return (
    <Histogram
      title="How soon a recording came back"
      says={`Days since it was last in ${SCOPES[view.scope]}; ${count(view.firstTimes)} came for the first time. Dashed: the ${view.restDays}-day rule, before which nothing returns.`}
      along="Days"
      series={['recordings']}
      points={points}
      format={count}
      {...(ruleBefore === null ? {} : { ruleBefore })}
    />
  );
}
