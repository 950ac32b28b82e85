import { Link } from '@tanstack/react-router';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { EmptyState } from '#web/ui/feedback/states.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';

/** An address that leads nowhere. */
export function LostPage() {
  usePageTitle('Not here');
  return (
    <div className="wrap">
      <EmptyState
        isPage
        title="There is nothing at this address."
        action={
          <Link to="/" className={buttonClass()}>
            Go to the network
          </Link>
        }
      >
        It may have moved, or the link has lost a letter on its way.
      </EmptyState>
    </div>
  );
}
