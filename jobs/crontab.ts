/**
 * The timetable, in UTC. A tick that was missed within six hours is run when a worker is back; the jobs are idempotent a day.
 * The queue key keeps a tick from doubling a run that an operator asked for, the queue name keeps runs of one task in a row.
 */
export const CRONTAB = `
0 3 * * * ingest-albums ?fill=6h&jobKey=ingest-albums&queue=ingest-albums&max=8
30 3 * * * enrich-tracks ?fill=6h&jobKey=enrich-tracks&queue=enrich-tracks&max=8
0 4 * * * curate-playlists ?fill=6h&jobKey=curate-playlists&queue=curate-playlists&max=8
10 4 * * * sync-playlists ?fill=6h&jobKey=sync-playlists&queue=sync-playlists&max=8
`;
