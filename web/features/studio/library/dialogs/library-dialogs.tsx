import type { ReactNode } from 'react';
import type { AssetView } from '#shared/contracts/studio/library/asset-views.ts';
import type { AssetId } from '#shared/ids.ts';
import type { Sharing } from '#shared/vocabulary.ts';
import { CollectDialog } from './collect-dialog.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import { CropDialog } from './crop-dialog.tsx';
import { DeleteAssetsDialog } from './delete-assets-dialog.tsx';
import { DownloadDialog } from './download-dialog.tsx';
import { RemixDialog } from './remix-dialog.tsx';
import { ShareDialog } from './share-dialog.tsx';

export type OpenDialog =
  | { readonly kind: 'delete' | 'collect' | 'compare' | 'download'; readonly ids: readonly AssetId[] }
  | { readonly kind: 'share-several'; readonly ids: readonly AssetId[]; readonly sharing: Sharing | null }
  | { readonly kind: 'remix' | 'share' | 'crop'; readonly asset: AssetView };

interface DialogsProps {
  readonly dialog: OpenDialog;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
  /** A new picture was made of one. */
  readonly onMade: (id: AssetId) => void;
}

/** The dialog that is open. */
export function LibraryDialogs({ dialog, onClose, onDeleted, onMade }: DialogsProps): ReactNode {
  switch (dialog.kind) {
    case 'delete':
      return <DeleteAssetsDialog ids={dialog.ids} onClose={onClose} onDeleted={onDeleted} />;
    case 'collect':
      return <CollectDialog ids={dialog.ids} onClose={onClose} />;
    case 'compare': {
      const [one, other] = dialog.ids;
      return one && other ? <CompareDialog ids={[one, other]} onClose={onClose} /> : null;
    }
    case 'download':
      return <DownloadDialog ids={dialog.ids} onClose={onClose} />;
    case 'share-several':
      return <ShareDialog target={{ kind: 'assets', ids: dialog.ids, sharing: dialog.sharing }} onClose={onClose} />;
    case 'remix':
      return <RemixDialog asset={dialog.asset} onClose={onClose} />;
    case 'share':
      return <ShareDialog target={{ kind: 'asset', id: dialog.asset.id }} onClose={onClose} />;
    case 'crop':
      return <CropDialog asset={dialog.asset} onClose={onClose} onMade={onMade} />;
    default:
      return null;
  }
}
