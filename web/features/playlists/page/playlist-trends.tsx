import { useQuery } from '@tanstack/react-query';
import type { PlaylistTrendsView } from '#shared/contracts/playlists/history.ts';
import { dayName } from '#web/lib/dates.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, plural } from '#web/lib/words.ts';
import { Histogram } from '#web/ui/charts/histogram.tsx';
import { LineChart } from '#web/ui/charts/line-chart.tsx';
import { repeatGapPoints } from './repeat-gap-points.ts';
import styles from './playlist-trends.module.css';

const SCOPES = { network: 'the whole network', playlist: 'this playlist', policy: 'the playlists with the same policy' } as const;

/** Trends of a playlist: candidates, artists, and days between plays of a recording. Renders nothing with fewer than two days. */
export function PlaylistTrends({ index }: { readonly index: number }) {
  const { data } = useQuery(trpc.playlists.trends.queryOptions({ index }));
  if (!data || data.days.length < 2) return null;
  return (
    <section className={styles['trends']} aria-label="Trends">
      <h2>Trends</h2>
      <div className={styles['charts']}>
        <Pool view={data} />
        <Spread view={data} />
        <Returns view={data} />
      </div>
    </section>
  );
}

function Pool({ view }: { readonly view: PlaylistTrendsView }) {
  return (
    <LineChart
      title="Candidates"
      summary="Recordings that match the rules. Dashed: those outside their repeat window."
      axisName="Day"
      series={['match the rules', 'can play']}
      points={view.days.map(({ day, pool, free }) => ({ name: dayName(day), values: [pool, free] }))}
      format={count}
      floor={0}
    />
  );
}

function Spread({ view }: { readonly view: PlaylistTrendsView }) {
  const newest = view.days.findLast(({ artists }) => artists !== null);
  const summary = newest
    ? `On ${dayName(newest.day)}: ${plural(newest.artists ?? 0, 'artist')}, at most ${plural(newest.mostByOne ?? 0, 'track')} each.`
    : 'The artists of these lists are not known.';
  return (
    <LineChart
      title="Artists in the list"
      summary={summary}
      axisName="Day"
      series={['artists']}
      points={view.days.map(({ day, artists }) => ({ name: dayName(day), values: [artists] }))}
      format={count}
      floor={0}
      filled
    />
  );
}

function Returns({ view }: { readonly view: PlaylistTrendsView }) {
  const { points, ruleBefore } = repeatGapPoints(view);
  if (points.length === 0)
    return (
      <figure className={styles['none']}>
        <h3>Days between plays</h3>
        <p>No recording is in two of the lists made on these days: all {plural(view.firstPlacements, 'track')} appeared for the first time.</p>
      </figure>
    );
  return (
    <Histogram
      title="Days between plays"
      summary={`Days since a recording last played in ${SCOPES[view.scope]}. First time: ${count(view.firstPlacements)}. Dashed: the ${view.restDays}-day repeat window; no list is made with a recording before it ends.`}
      axisName="Days"
      series={['recordings']}
      points={points}
      format={count}
      {...(ruleBefore === null ? {} : { ruleBefore })}
    />
  );
}
