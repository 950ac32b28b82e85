/**
 * The timetable, in UTC. What was missed while no worker ran or none reached the database: a task with `fill` gets its ticks of that time when a worker is
 * back, and they come to one run (a day for what comes once a day, the last tick for what comes more often); for curation and sync a tick stands for a day,
 * so that of a day which is over is noted as missed instead (MISSED_DAYS in server/use-cases/operations/schedule/timetable.ts), and curation hands over to sync by
 * itself.
 * Clocks: a worker more than two minutes away from the database's clock does not work. After a clock was put back, or more than a day forward, the timetable
 * begins anew; a tick of today that nobody brought is brought within twenty minutes; a tick that is known already runs no second time.
 * The tick's own key keeps ticks of one task from piling up and leaves jobs that somebody asked for alone; the queue name keeps runs of a task in a row.
 */
export const CRONTAB = `
0 2 * * * scale-playlists ?fill=1d&jobKey=tick:scale-playlists&queue=scale-playlists&max=8
0 3 * * * ingest-albums ?fill=1d&jobKey=tick:ingest-albums&queue=ingest-albums&max=8
30 3 * * * enrich-tracks ?fill=1d&jobKey=tick:enrich-tracks&queue=enrich-tracks&max=8
0 4 * * * curate-playlists ?fill=1d&jobKey=tick:curate-playlists&queue=curate-playlists&max=8
10 4 * * * sync-playlists ?fill=1d&jobKey=tick:sync-playlists&queue=sync-playlists&max=8
30 5 * * * reconcile-playlists ?fill=1d&jobKey=tick:reconcile-playlists&queue=reconcile-playlists&max=8
*/30 * * * * refresh-tokens ?fill=30m&jobKey=tick:refresh-tokens&queue=refresh-tokens&max=8
*/5 * * * * watch-network ?fill=5m&jobKey=tick:watch-network&queue=watch-network&max=3
`;
