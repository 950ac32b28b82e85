import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { Plus } from '@phosphor-icons/react/Plus';
import { useDeferredValue, useState } from 'react';
import type { PlaylistAdminRow } from '#shared/contracts/playlists/playlist-views.ts';
import { useLiveInterval } from '#web/ui/jobs/live-jobs.tsx';
import { ManualEditsSelect } from '#web/features/operations/today/manual-edits-select.tsx';
import { NewPlaylistDialog } from '#web/features/operations/today/new-playlist-dialog.tsx';
import { filterPlaylists } from '#web/features/operations/today/playlist-filter.ts';
import { dayName } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, padIndex, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/controls/button.tsx';
import { DataTable } from '#web/ui/layout/data-table.tsx';
import type { Column } from '#web/ui/layout/data-table.tsx';
import { ListFilter } from '#web/ui/layout/list-filter.tsx';
import { PageHead } from '#web/ui/layout/page-head.tsx';
import { StatusText } from '#web/ui/feedback/status-text.tsx';
import { EmptyState, ErrorState, RowsSkeleton, TitleSkeleton } from '#web/ui/feedback/states.tsx';

const route = getRouteApi('/admin/playlists');

/** From this many playlists on, the search and the filters are shown. */
const FILTER_MIN = 20;

const COLUMNS: readonly Column<PlaylistAdminRow>[] = [
  {
    head: 'Playlist',
    width: '25%',
    cell: (row) => (
      <Link to="/playlist/$index" params={{ index: String(row.index) }}>
        {padIndex(row.index)} <bdi>{row.themeTag}</bdi>
      </Link>
    ),
  },
  { head: 'Today', width: '15%', cell: (row) => <Today row={row} /> },
  {
    head: 'Policy',
    width: '23%',
    cell: (row) => (
      <>
        <bdi>{row.policyName}</bdi>, version {row.policyVersion}
      </>
    ),
  },
  { head: 'Account', cell: (row) => <bdi>{row.account ?? 'None yet'}</bdi> },
  { head: 'On Spotify', cell: (row) => <Synced row={row} /> },
  { head: 'Edits on Spotify', width: '11%', cell: (row) => <ManualEditsSelect row={row} /> },
];

/** Every playlist with today's list, its policy, its account and its sync state. */
export function PlaylistsPage() {
  usePageTitle('Playlists');
  const [isCreating, setCreating] = useState(false);
  const playlists = useQuery(trpc.playlistAdmin.playlists.list.queryOptions(undefined, { refetchInterval: useLiveInterval() }));
  if (playlists.error && !playlists.data)
    return <ErrorState isPage error={playlists.error} what="Can’t load the playlists." onRetry={() => void playlists.refetch()} />;
  const rows = playlists.data;
  const create = (
    <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setCreating(true)}>
      New playlist
    </Button>
  );
  return (
    <>
      <PageHead title={rows ? headline(rows) : <TitleSkeleton width="14em" />} actions={rows?.length === 0 ? undefined : create}>
        A playlist is a theme and a policy. Segue selects its tracks every night and writes them to Spotify in the morning.
      </PageHead>
      {rows && rows.length > 0 ? <Playlists rows={rows} /> : null}
      {rows?.length === 0 ? (
        <EmptyState title="Create your first playlist." action={create}>
          Give it a theme and a policy. The next run selects its tracks.
        </EmptyState>
      ) : null}
      {playlists.isPending ? <RowsSkeleton rows={12} /> : null}
      {isCreating ? <NewPlaylistDialog onClose={() => setCreating(false)} /> : null}
    </>
  );
}

function Playlists({ rows }: { readonly rows: readonly PlaylistAdminRow[] }) {
  const { find = '', only } = route.useSearch();
  const navigate = route.useNavigate();
  const [today] = useState(() => new Date().toISOString().slice(0, 10));
  // Deferred, so that typing stays responsive while hundreds of rows are filtered.
  const deferredFind = useDeferredValue(find);
  const shown = filterPlaylists(rows, { find: deferredFind, only, today });
  const countOf = (choice: 'unfilled' | 'unwritten') => count(filterPlaylists(rows, { find: '', only: choice, today }).length);
  const table = <DataTable caption="Playlists" columns={COLUMNS} rows={shown} keyOf={(row) => row.index} />;
  if (rows.length < FILTER_MIN && find === '' && only === undefined) return table;
  return (
    <>
      <ListFilter
        label="Theme, number, policy or account"
        query={find}
        onQueryChange={(next) => void navigate({ search: (now) => ({ ...now, find: next || undefined }), replace: true, resetScroll: false })}
        choices={[
          { key: undefined, name: 'All', count: count(rows.length) },
          { key: 'unfilled', name: 'Not full today', count: countOf('unfilled') },
          { key: 'unwritten', name: 'Not synced today', count: countOf('unwritten') },
        ]}
        chosen={only}
        onChoose={(next) => void navigate({ search: (now) => ({ ...now, only: next }), resetScroll: false })}
        status={find || only ? `${plural(shown.length, 'playlist')} shown` : ''}
      />
      {shown.length > 0 ? table : <EmptyState title="No matching playlists.">Try fewer letters, or choose All.</EmptyState>}
    </>
  );
}

const INACTIVE_NAMES: Readonly<Record<string, string>> = { paused: 'Paused', retired: 'Retired' };

function Today({ row }: { readonly row: PlaylistAdminRow }) {
  if (row.status !== 'active') return <StatusText tone="quiet">{INACTIVE_NAMES[row.status] ?? row.status}</StatusText>;
  if (row.today === 'published') return <StatusText tone="good">Full</StatusText>;
  if (row.today === null) return <StatusText tone="quiet">Not selected yet</StatusText>;
  return (
    <>
      <StatusText tone="bad">Not filled</StatusText>
      <div className="small muted">{row.shortfall.join(' ')}</div>
    </>
  );
}

function Synced({ row }: { readonly row: PlaylistAdminRow }) {
  if (row.lastSyncedDay === null) return <span className="muted">Not synced yet</span>;
  const label = `List of ${dayName(row.lastSyncedDay)}`;
  if (row.spotifyUrl === null) return <>{label}</>;
  return (
    <a href={row.spotifyUrl} target="_blank" rel="noreferrer">
      {label}
    </a>
  );
}

function headline(rows: readonly PlaylistAdminRow[]): string {
  if (rows.length === 0) return 'No playlists yet.';
  const active = rows.filter((row) => row.status === 'active');
  const full = active.filter((row) => row.today === 'published').length;
  if (full === active.length) return `All ${plural(active.length, 'playlist')} are full today.`;
  return `${count(full)} of ${plural(active.length, 'playlist')} ${full === 1 ? 'is' : 'are'} full today.`;
}
