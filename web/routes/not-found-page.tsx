import { Link } from '@tanstack/react-router';
import { buttonClass } from '#web/ui/controls/button.tsx';
import { EmptyState } from '#web/ui/feedback/states.tsx';
import { usePageTitle } from '#web/lib/page-title.ts';

/** The page for an address that does not exist. */
export function NotFoundPage() {
  usePageTitle('Page not found');
  return (
    <div className="wrap">
      <EmptyState
        isPage
        title="Page not found"
        action={
          <Link to="/" className={buttonClass()}>
            Go to the network
          </Link>
        }
      >
        There is nothing at this address. Check it for typing errors, or go to the network.
      </EmptyState>
    </div>
  );
}
