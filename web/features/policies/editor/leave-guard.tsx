import { useBlocker } from '@tanstack/react-router';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';

/** Asks before leaving with unsaved changes. The draft stays in this browser either way. */
export function LeaveGuard({ isChanged }: { readonly isChanged: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isChanged && current.pathname !== next.pathname && !('saved' in next.search) && !('run' in next.search),
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Dialog
      title="Leave without saving?"
      onClose={blocker.reset}
      actions={
        <>
          <Button look="quiet" onClick={blocker.proceed}>
            Leave page
          </Button>
          <Button look="primary" onClick={blocker.reset}>
            Cancel
          </Button>
        </>
      }
    >
      <p>Your draft stays in this browser. No playlist uses it until you save.</p>
    </Dialog>
  );
}
