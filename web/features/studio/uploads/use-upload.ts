import { useMutation } from '@tanstack/react-query';
import type { AssetId } from '#shared/ids.ts';
import { queryClient, trpc } from '#web/lib/trpc.ts';
import { sendPicture } from './send-picture.ts';

/** Sends a picture file of the person's own to the library, and tells which asset it became. */
export function useUpload(onDone: (id: AssetId) => void) {
  const send = useMutation({
    mutationFn: sendPicture,
    onSuccess: ({ asset }) => {
      void queryClient.invalidateQueries(trpc.generation.assets.pathFilter());
      onDone(asset);
    },
  });
  return { send, take: (file: File | undefined) => (file ? send.mutate(file) : undefined) };
}
