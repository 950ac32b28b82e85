import { ComposerScreen } from '#web/features/discovery/compose/composer-screen.tsx';
import { DiscoveryFrame } from '#web/features/discovery/discovery-frame.tsx';
import { useComposer } from '#web/features/discovery/draft/use-composer.ts';
import { useComposedList } from '#web/features/discovery/draft/use-composed-list.ts';
import { usePageTitle } from '#web/lib/page-title.ts';

/** The composer: a playlist from songs or from words. */
export function DiscoverPage() {
  usePageTitle('Discover');
  return (
    <DiscoveryFrame title="Sign in to make playlists">
      <Composing />
    </DiscoveryFrame>
  );
}

function Composing() {
  const composer = useComposer();
  const list = useComposedList(composer.state);
  return <ComposerScreen composer={composer} list={list} foot={() => null} />;
}
