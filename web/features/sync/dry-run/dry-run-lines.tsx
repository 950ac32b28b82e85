import type { DryRunBody, DryRunLine } from '#shared/contracts/sync/dry-run.ts';
import { approximateDuration } from '#web/lib/dates.ts';
import { count } from '#web/lib/words.ts';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import styles from './dry-run-lines.module.css';

const FIRST_SHOWN = 6;

const requestsOf = ({ cost }: Pick<DryRunLine, 'cost'>) => cost.reads + cost.writes;

/** What a line changes, in a few words. A problem replaces the changes. */
function changeText(line: DryRunLine): string {
  if (line.problem !== null) return line.problem;
  const parts = [
    line.creates ? 'new playlist' : '',
    line.handEdited ? 'edited on Spotify' : '',
    line.adds > 0 ? `${count(line.adds)} added` : '',
    line.removes > 0 ? `${count(line.removes)} removed` : '',
    line.moves > 0 ? `${count(line.moves)} moved` : '',
    line.renames ? 'renamed' : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'only description or visibility' : parts.join(', ');
}

const sortWeight = (line: DryRunLine) =>
  (line.problem === null ? 0 : 1_000_000) + (line.handEdited ? 100_000 : 0) + (line.creates ? 10_000 : 0) + line.adds + line.removes + line.moves;

/** The day's changes by playlist and account, with requests and the time they take at the account's budget. Unchanged playlists are left out. */
export function DryRunLines({ body }: { readonly body: DryRunBody }) {
  const lines = body.lines
    .filter((line) => line.cost.writes > 0 || line.handEdited || line.problem !== null)
    .toSorted((one, other) => sortWeight(other) - sortWeight(one) || one.playlistIndex - other.playlistIndex);
  if (lines.length === 0) return null;
  // Requests of an account run one after the other, so its time is divided by requests.
  const secondsPerRequest = new Map(
    body.accounts.map(({ account, seconds, cost }) => [account, seconds === null ? null : seconds / Math.max(1, requestsOf({ cost }))]),
  );
  const columns: readonly Column<DryRunLine>[] = [
    { head: 'Playlist', cell: ({ playlistIndex, themeTag }) => `#${playlistIndex} ${themeTag}`, width: '24%' },
    { head: 'Account', cell: ({ account }) => account },
    { head: 'Changes', cell: changeText, width: '34%' },
    { head: 'Requests', cell: (line) => count(requestsOf(line)), numeric: true },
    ...(body.seconds === null
      ? []
      : [
          {
            head: 'Time',
            cell: (line: DryRunLine) => {
              const seconds = secondsPerRequest.get(line.account) ?? null;
              return seconds === null ? '—' : approximateDuration(seconds * requestsOf(line) * 1000);
            },
            numeric: true,
          },
        ]),
  ];
  return (
    <div className={styles['lines']}>
      <h3>Changes by playlist</h3>
      <DataTable caption="Changes by playlist" columns={columns} rows={lines} keyOf={(line) => line.replicaId} first={FIRST_SHOWN} />
    </div>
  );
}
