import { useQuery } from '@tanstack/react-query';
import type { SyncPlanView } from '#shared/contracts/sync/plan-views.ts';
import type { PictureSubject } from '#web/ui/sleeve/playlist-picture.tsx';
import { trpc } from '#web/lib/trpc.ts';

const UNKNOWN = { energy: null, valence: null, tempo: null, acousticness: null, year: null };

/** The data that a plan's generated cover is drawn from: the same as on the network page, so both covers look alike. */
export function useCoverSubject(plan: SyncPlanView): PictureSubject {
  const network = useQuery(trpc.playlists.overview.queryOptions());
  const card = network.data?.playlists.find((one) => one.index === plan.playlistIndex);
  return card ?? { index: plan.playlistIndex, themeTag: plan.themeTag, sound: UNKNOWN, cover: null };
}
