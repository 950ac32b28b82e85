import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ComposerScreen } from '#web/features/discovery/compose/composer-screen.tsx';
import { DraftBar } from '#web/features/discovery/compose/draft-bar.tsx';
import { DiscoveryFrame } from '#web/features/discovery/discovery-frame.tsx';
import { modeOf } from '#web/features/discovery/draft/asking.ts';
import { fromSavedTrack } from '#web/features/discovery/draft/listed-track.ts';
import { stateOfSaved } from '#web/features/discovery/draft/list-to-save.ts';
import { useComposer } from '#web/features/discovery/draft/use-composer.ts';
import { useComposedList } from '#web/features/discovery/draft/use-composed-list.ts';
import { usePageTitle } from '#web/lib/page-title.ts';
import { trpc } from '#web/lib/trpc.ts';

/** The composer: a playlist from songs or from words. `draft` alone in the address opens a draft where it was left. */
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
  const { state, replace } = composer;
  const kept = useQuery({
    ...trpc.discovery.saved.show.queryOptions({ savedId: state.draft ?? '' }),
    enabled: state.draft !== undefined,
  });
  const draft = state.draft === undefined ? undefined : kept.data;
  const isOpening = draft !== undefined && modeOf(state) === undefined && state.from === undefined;
  useEffect(() => {
    if (isOpening) replace(stateOfSaved(draft));
  });
  const shown = state.from !== undefined && state.from === draft?.id ? draft.tracks.map(fromSavedTrack) : undefined;
  const list = useComposedList(state, shown);
  return <ComposerScreen composer={composer} list={list} renderFoot={(name) => <DraftBar {...{ composer, list, name, draft }} />} />;
}
