import { useBlocker } from '@tanstack/react-router';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';

/** Warns before unsaved changes are left behind. They stay in this browser either way: leaving is never losing. */
export function LeaveGuard({ isChanged }: { readonly isChanged: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isChanged && current.pathname !== next.pathname && !('saved' in next.search) && !('run' in next.search),
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Dialog
      title="Your changes are not saved."
      onClose={blocker.reset}
      actions={
        <>
          <Button look="quiet" onClick={blocker.proceed}>
            Leave, keep the draft
          </Button>
          <Button look="primary" onClick={blocker.reset}>
            Go on editing
          </Button>
        </>
      }
    >
      <p>No playlist uses them yet. The draft waits in this browser and is there when you come back.</p>
    </Dialog>
  );
}
