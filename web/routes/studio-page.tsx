import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { CreateScreen } from '#web/features/studio/create/create-screen.tsx';
import { StudioFrame } from '#web/features/studio/studio-frame.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';

const route = getRouteApi('/studio');

/** The free studio: pictures and videos from any model that the operator allows. */
export function StudioPage() {
  usePageTitle('Studio');
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/studio' });
  return (
    <StudioFrame title="Sign in to make pictures" returnTo="/studio">
      <CreateScreen search={search} onSearch={(next) => void navigate({ search: next, resetScroll: false })} />
    </StudioFrame>
  );
}
