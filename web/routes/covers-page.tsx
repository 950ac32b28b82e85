import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import type { CoverSourceInput } from '#shared/contracts/covers/projects.ts';
import { showCover } from '#web/features/covers/project/use-cover.ts';
import { CoverList } from '#web/features/covers/start/cover-list.tsx';
import { PlaylistChoice } from '#web/features/covers/start/playlist-choice.tsx';
import { SourceForm } from '#web/features/covers/start/source-form.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';
import { client, trpc } from '#web/lib/trpc.ts';
import { ErrorState, InlineError } from '#web/ui/feedback/states.tsx';
import { PageSection } from '#web/ui/layout/page-head.tsx';
import styles from './covers-page.module.css';

const route = getRouteApi('/covers');

/** The cover studio's first page: a link to any playlist or album, the person's own covers, and the playlists of the network. */
export function CoversPage() {
  usePageTitle('Covers');
  const { link } = route.useSearch();
  const navigate = useNavigate();
  const status = useQuery(trpc.auth.status.queryOptions());
  const network = useQuery(trpc.playlists.overview.queryOptions());
  const isSignedIn = status.data?.signedIn === true;
  const covers = useQuery({ ...trpc.generation.covers.list.queryOptions({}), enabled: isSignedIn });
  const create = useMutation({
    mutationFn: (source: CoverSourceInput) => client.generation.covers.create.mutate({ source }),
    onSuccess: (cover) => {
      showCover(cover);
      void navigate({ to: '/covers/$coverId', params: { coverId: cover.id } });
    },
  });
  const start = (source: CoverSourceInput) => {
    if (isSignedIn || !status.data) return create.mutate(source);
    // Signing in comes back here, with what was typed.
    const returnTo = source.kind === 'link' ? `/covers?link=${encodeURIComponent(source.link)}` : '/covers';
    return void navigate({ to: '/sign-in', search: { returnTo } });
  };
  const pendingIndex = create.isPending && create.variables.kind === 'playlist' ? create.variables.index : null;
  const isFormsError = create.error && create.variables?.kind !== 'playlist';
  return (
    <div className="wrap">
      <section className={styles['intro']}>
        <div>
          <h1 className="display">A cover from the music</h1>
          <p className={styles['lead']}>
            Segue reads what a playlist sounds like, proposes titles, draws pictures from its numbers, and puts the one you choose on Spotify.
          </p>
        </div>
        <div className={styles['ask']}>
          <SourceForm
            key={link}
            initial={link === undefined ? undefined : { kind: 'link', link }}
            submitLabel="Read the music"
            isPending={create.isPending && pendingIndex === null}
            error={isFormsError ? create.error : null}
            onSubmit={start}
          />
          {status.data && !isSignedIn ? (
            <p className={styles['hint']}>
              You sign in before the first cover, so that it is kept for you.{' '}
              <Link to="/sign-in" search={{ returnTo: '/covers' }} className="link">
                Sign in
              </Link>
            </p>
          ) : null}
        </div>
      </section>
      {covers.data && covers.data.covers.length > 0 ? (
        <PageSection title="Your covers">
          <div className={styles['tiles']}>
            <CoverList covers={covers.data.covers} />
          </div>
        </PageSection>
      ) : null}
      {covers.error ? <ErrorState error={covers.error} what="Can’t load your covers" onRetry={() => void covers.refetch()} /> : null}
      <PageSection title="Or start from a playlist of the network">
        {create.error && !isFormsError ? <InlineError error={create.error} /> : null}
        <div className={styles['tiles']}>
          {network.data && network.data.playlists.length > 0 ? (
            <PlaylistChoice cards={network.data.playlists} pendingIndex={pendingIndex} onChoose={(index) => start({ kind: 'playlist', index })} />
          ) : null}
          {network.data?.playlists.length === 0 ? <p className={styles['hint']}>The network has no playlists yet.</p> : null}
          {network.error && !network.data ? <InlineError error={network.error} /> : null}
        </div>
      </PageSection>
    </div>
  );
}
