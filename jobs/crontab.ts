/**
 * The schedule, in UTC.
 * - Catching up: runs that were missed while no worker ran, or none reached the database, are backfilled (`fill`) when a worker is back. They collapse
 *   into one run: one per day for daily tasks, only the last one for more frequent tasks.
 * - Per-day tasks: curation and sync run for a day, so a run of a past day is recorded as missed instead (`PER_DAY_TASKS` in
 *   server/use-cases/operations/schedule/schedule.ts). Curation enqueues sync itself.
 * - Clock skew: a worker more than two minutes off the database's clock does not work. After the clock was set back, or more than a day forward, the
 *   schedule restarts. A run of today that no worker enqueued is enqueued within twenty minutes; a run that is recorded already does not run twice.
 * - Keys: `jobKey` keeps scheduled runs of one task from piling up and does not affect jobs that people started; `queue` runs the jobs of a task one at a
 *   time.
 */
export const CRONTAB = `
0 2 * * * scale-playlists ?fill=1d&jobKey=tick:scale-playlists&queue=scale-playlists&max=8
0 3 * * * ingest-albums ?fill=1d&jobKey=tick:ingest-albums&queue=ingest-albums&max=8
30 3 * * * enrich-tracks ?fill=1d&jobKey=tick:enrich-tracks&queue=enrich-tracks&max=8
0 4 * * * curate-playlists ?fill=1d&jobKey=tick:curate-playlists&queue=curate-playlists&max=8
5 4 * * * draw-covers ?fill=1d&jobKey=tick:draw-covers&queue=draw-covers&max=8
10 4 * * * sync-playlists ?fill=1d&jobKey=tick:sync-playlists&queue=sync-playlists&max=8
30 5 * * * reconcile-playlists ?fill=1d&jobKey=tick:reconcile-playlists&queue=reconcile-playlists&max=8
15 6 * * * check-assets ?fill=1d&jobKey=tick:check-assets&queue=check-assets&max=8
40 * * * * index-search ?fill=1h&jobKey=tick:index-search&queue=index-search&max=3
20 * * * * tidy-studio ?fill=1h&jobKey=tick:tidy-studio&queue=tidy-studio&max=3
50 * * * * refresh-model-prices ?fill=1h&jobKey=tick:refresh-model-prices&queue=refresh-model-prices&max=3
*/30 * * * * refresh-tokens ?fill=30m&jobKey=tick:refresh-tokens&queue=refresh-tokens&max=8
*/5 * * * * watch-network ?fill=5m&jobKey=tick:watch-network&queue=watch-network&max=3
`;
