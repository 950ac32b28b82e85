import { SubmitAlbum } from '#web/features/catalog/submissions/submit-album.tsx';
import { DiscoveryFrame } from '#web/features/discovery/discovery-frame.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';

/** Albums that a listener submits to the catalog. */
export function SubmitPage() {
  usePageTitle('Submit an album');
  return (
    <DiscoveryFrame title="Sign in to submit an album" needsPerson>
      <div className="wrap">
        <SubmitAlbum />
      </div>
    </DiscoveryFrame>
  );
}
