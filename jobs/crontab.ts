/**
 * The timetable, in UTC. A tick that was missed within the last day is run when a worker is back, so a house that was off at four
 * has its lists soon after it is on; the jobs are idempotent a day, and curation hands over to sync by itself.
 * The queue key keeps a tick from doubling a run that an operator asked for, the queue name keeps runs of one task in a row.
 */
export const CRONTAB = `
0 2 * * * scale-playlists ?fill=1d&jobKey=scale-playlists&queue=scale-playlists&max=8
0 3 * * * ingest-albums ?fill=1d&jobKey=ingest-albums&queue=ingest-albums&max=8
30 3 * * * enrich-tracks ?fill=1d&jobKey=enrich-tracks&queue=enrich-tracks&max=8
0 4 * * * curate-playlists ?fill=1d&jobKey=curate-playlists&queue=curate-playlists&max=8
10 4 * * * sync-playlists ?fill=1d&jobKey=sync-playlists&queue=sync-playlists&max=8
*/30 * * * * refresh-tokens ?jobKey=refresh-tokens&queue=refresh-tokens&max=8
*/5 * * * * watch-network ?jobKey=watch-network&queue=watch-network&max=3
`;
