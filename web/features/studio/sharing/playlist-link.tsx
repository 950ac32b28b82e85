import { LinkSimple } from '@phosphor-icons/react/LinkSimple';
import { useState } from 'react';
import { Button } from '#web/ui/controls/button.tsx';
import { Dialog } from '#web/ui/controls/dialog.tsx';
import { Toasts } from '#web/ui/feedback/toast.tsx';
import { ShortLinkList } from '../library/dialogs/short-link-list.tsx';

/** Short links to a playlist of the network, for everybody who is signed in. */
export function PlaylistLink({ index }: { readonly index: number }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <Button size="small" icon={<LinkSimple size={16} aria-hidden />} onClick={() => setOpen(true)}>
        Short link…
      </Button>
      <Toasts />
      {isOpen ? (
        <Dialog title="Short links to this playlist" onClose={() => setOpen(false)}>
          <ShortLinkList target={{ kind: 'playlist', index }} />
        </Dialog>
      ) : null}
    </div>
  );
}
