import type { SharingView } from '#shared/contracts/studio/library/sharing.ts';
import type { UserId } from '#shared/ids.ts';
import type { Sharing } from '#shared/vocabulary.ts';

/** Who may see something of a person, and where; `null` is the operator with the admin key. */
export function sharingViewOf({
  sharing,
  shareToken,
  userId,
}: {
  readonly sharing: Sharing;
  readonly shareToken: string | null;
  readonly userId: UserId | null;
}): SharingView {
  return {
    sharing,
    url: shareToken && `/shared/${shareToken}`,
    makerUrl: sharing === 'public' ? `/makers/${userId ?? 'operator'}` : null,
  };
}
