import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { AssetId } from '#shared/ids.ts';
import { RepaintChoice } from '#web/features/studio/inpainting/repaint-choice.tsx';
import { RepaintScreen } from '#web/features/studio/inpainting/repaint-screen.tsx';
import { StudioFrame } from '#web/features/studio/studio-frame.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';
import { PageHead } from '#web/ui/layout/page-head.tsx';

const route = getRouteApi('/studio/repaint/$assetId');

/** Marks a part of a picture and repaints it. */
export function RepaintPage() {
  usePageTitle('Repaint');
  const { assetId } = route.useParams();
  const { mask } = route.useSearch();
  const navigate = useNavigate({ from: '/studio/repaint/$assetId' });
  return (
    <StudioFrame title="Sign in to repaint a picture" returnTo={`/studio/repaint/${assetId}`}>
      <RepaintScreen
        assetId={assetId as AssetId}
        maskId={mask}
        onMask={(id) => {
          void navigate({ search: { mask: id } });
          scrollTo({ top: 0 });
        }}
      />
    </StudioFrame>
  );
}

/** Chooses the picture of which a part is repainted. */
export function RepaintChoicePage() {
  usePageTitle('Repaint');
  const navigate = useNavigate();
  return (
    <StudioFrame title="Sign in to repaint a picture" returnTo="/studio/repaint">
      <PageHead title="Which picture?">Mark a part of it, and a model repaints that part.</PageHead>
      <RepaintChoice onChoose={(id) => void navigate({ to: '/studio/repaint/$assetId', params: { assetId: id } })} />
    </StudioFrame>
  );
}
