import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from '@phosphor-icons/react/Plus';
import { useState } from 'react';
import type { PlaylistAdminRow } from '#shared/contracts/views.ts';
import { useLiveInterval } from '#web/features/jobs/live-jobs.tsx';
import { HandEditsChoice } from '#web/features/operate/hand-edits-choice.tsx';
import { NewPlaylistDialog } from '#web/features/operate/new-playlist-dialog.tsx';
import { dayName } from '#web/lib/dates.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';
import { count, ordinal, plural } from '#web/lib/words.ts';
import { Button } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import type { Column } from '#web/ui/data-table.tsx';
import { PageHead } from '#web/ui/page-head.tsx';
import { StateText } from '#web/ui/state-text.tsx';
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx';

const COLUMNS: readonly Column<PlaylistAdminRow>[] = [
  {
    head: 'Playlist',
    cell: (row) => (
      <Link to="/playlist/$index" params={{ index: String(row.index) }}>
        {ordinal(row.index)} {row.themeTag}
      </Link>
    ),
  },
  { head: 'Today', cell: (row) => <Today row={row} /> },
  { head: 'Policy', cell: (row) => `${row.policyName}, version ${row.policyVersion}` },
  { head: 'Account', cell: (row) => row.account ?? '—' },
  { head: 'On Spotify', cell: (row) => <Synced row={row} /> },
  { head: 'Hand edits', cell: (row) => <HandEditsChoice row={row} /> },
];

/** Every playlist of the network, with what happened to it today. */
export function PlaylistsPage() {
  usePageTitle('Playlists');
  const [isMaking, setMaking] = useState(false);
  const playlists = useQuery(trpc.playlists.list.queryOptions(undefined, { refetchInterval: useLiveInterval() }));
  if (playlists.error && !playlists.data)
    return <ErrorState isPage error={playlists.error} what="The playlists cannot be shown." onRetry={() => void playlists.refetch()} />;
  const rows = playlists.data;
  const make = (
    <Button look="primary" icon={<Plus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      New playlist
    </Button>
  );
  return (
    <>
      <PageHead title={rows ? answer(rows) : <Skeleton width="14em" />} actions={rows?.length === 0 ? undefined : make}>
        A playlist is a theme and a policy. It is chosen again every night and written to its account once.
      </PageHead>
      {rows && rows.length > 0 ? <DataTable caption="Playlists" columns={COLUMNS} rows={rows} keyOf={(row) => row.index} /> : null}
      {rows?.length === 0 ? (
        <EmptyState title="The network has no playlist yet." action={make}>
          Give it a theme and a policy; its first list is chosen with the next run.
        </EmptyState>
      ) : null}
      {playlists.isPending ? <Skeleton height="480px" /> : null}
      {isMaking ? <NewPlaylistDialog onClose={() => setMaking(false)} /> : null}
    </>
  );
}

function Today({ row }: { readonly row: PlaylistAdminRow }) {
  if (row.status !== 'active') return <StateText tone="quiet">{row.status}</StateText>;
  if (row.today === 'published') return <StateText tone="good">full</StateText>;
  if (row.today === null) return <StateText tone="quiet">not chosen yet</StateText>;
  return (
    <>
      <StateText tone="bad">could not be filled</StateText>
      <div className="small muted">{row.shortfall.join(' ')}</div>
    </>
  );
}

function Synced({ row }: { readonly row: PlaylistAdminRow }) {
  if (row.lastSyncedDay === null) return <span className="muted">not written yet</span>;
  const says = `list of ${dayName(row.lastSyncedDay)}`;
  if (row.spotifyUrl === null) return <>{says}</>;
  return (
    <a href={row.spotifyUrl} target="_blank" rel="noreferrer">
      {says}
    </a>
  );
}

function answer(rows: readonly PlaylistAdminRow[]): string {
  if (rows.length === 0) return 'Nothing to fill yet.';
  const active = rows.filter((row) => row.status === 'active');
  const full = active.filter((row) => row.today === 'published').length;
  if (full === active.length) return `All ${plural(active.length, 'playlist')} are full today.`;
  return `${count(full)} of ${plural(active.length, 'playlist')} ${full === 1 ? 'is' : 'are'} full today.`;
}
