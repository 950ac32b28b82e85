import type { DryRunBody, DryRunLine } from '#shared/contracts/sync/dry-run.ts';
import { roughly } from '#web/lib/dates.ts';
import { count } from '#web/lib/words.ts';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import styles from './dry-run-lines.module.css';

const FIRST_SHOWN = 6;

const requestsOf = ({ cost }: Pick<DryRunLine, 'cost'>) => cost.reads + cost.writes;

/** What a line would do, in a few words; what stands in its way first. */
function changeWords(line: DryRunLine): string {
  if (line.problem !== null) return line.problem;
  const parts = [
    line.creates ? 'is created' : '',
    line.handEdited ? 'changed by hand' : '',
    line.adds > 0 ? `${count(line.adds)} in` : '',
    line.removes > 0 ? `${count(line.removes)} out` : '',
    line.moves > 0 ? `${count(line.moves)} moved` : '',
    line.renames ? 'renamed' : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'only its description or who may see it' : parts.join(', ');
}

const weightOf = (line: DryRunLine) =>
  (line.problem === null ? 0 : 1_000_000) + (line.handEdited ? 100_000 : 0) + (line.creates ? 10_000 : 0) + line.adds + line.removes + line.moves;

/** The day by playlist and account: what changes, what it costs, and how long that takes at the account's budget. What stays as it is, is left out. */
export function DryRunLines({ body }: { readonly body: DryRunBody }) {
  const lines = body.lines
    .filter((line) => line.cost.writes > 0 || line.handEdited || line.problem !== null)
    .toSorted((one, other) => weightOf(other) - weightOf(one) || one.playlistIndex - other.playlistIndex);
  if (lines.length === 0) return null;
  // An account's time is shared out by requests: they go one after the other.
  const secondsEach = new Map(
    body.accounts.map(({ account, seconds, cost }) => [account, seconds === null ? null : seconds / Math.max(1, requestsOf({ cost }))]),
  );
  const columns: readonly Column<DryRunLine>[] = [
    { head: 'Playlist', cell: ({ playlistIndex, themeTag }) => `#${playlistIndex} ${themeTag}`, width: '24%' },
    { head: 'On account', cell: ({ account }) => account },
    { head: 'What changes', cell: changeWords, width: '34%' },
    { head: 'Requests', cell: (line) => count(requestsOf(line)), numeric: true },
    ...(body.seconds === null
      ? []
      : [
          {
            head: 'Takes',
            cell: (line: DryRunLine) => {
              const each = secondsEach.get(line.account) ?? null;
              return each === null ? '—' : roughly(each * requestsOf(line) * 1000);
            },
            numeric: true,
          },
        ]),
  ];
  return (
    <div className={styles['lines']}>
      <h3>Playlist by playlist</h3>
      <DataTable caption="The day by playlist" columns={columns} rows={lines} keyOf={(line) => line.replicaId} first={FIRST_SHOWN} />
    </div>
  );
}
