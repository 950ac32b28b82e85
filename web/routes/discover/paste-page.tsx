import { DiscoveryFrame } from '#web/features/discovery/discovery-frame.tsx';
import { PasteScreen } from '#web/features/discovery/paste/paste-screen.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';

/** A pasted list becomes a playlist. */
export function PastePage() {
  usePageTitle('Paste a list');
  return (
    <DiscoveryFrame title="Sign in to import a list" needsPerson>
      <PasteScreen />
    </DiscoveryFrame>
  );
}
