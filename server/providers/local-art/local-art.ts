import { localArtInput } from '#shared/contracts/covers/local-art.ts';
import { chooseArt } from '#shared/domain/covers/art/choose-art.ts';
import type { RenderProgress, RenderVendor } from '../render-ports.ts';
import type { ArtRequest } from '#shared/domain/covers/art/draw-art.ts';
import type { PaintedArt } from './thread-entry.ts';
import { createDrawingThread } from '../drawing-thread.ts';

/** Our own image model: draws in this process from the music's numbers, at no cost. The same body gives the same bytes. It has no queue, so no tickets. */
export function createLocalArt(): RenderVendor {
  const paint = createDrawingThread<ArtRequest, PaintedArt>(new URL('paint-thread.mjs', import.meta.url));
  return {
    start: async (request, signal) => {
      const input = localArtInput.safeParse(request.body);
      if (!input.success) {
        const [issue] = input.error.issues;
        return invalid(issue?.path.join('.') ?? 'body', issue?.message ?? 'is invalid');
      }
      const chosen = chooseArt(input.data);
      if (!chosen) return invalid('palette', 'is not the name of a palette');
      await request.beforeSend?.();
      const { bytes, details } = await paint(chosen.request, signal);
      return { kind: 'done', files: [{ bytes, details, mediaType: 'image/png', seed: chosen.request.seed }] };
    },
    poll: () =>
      Promise.resolve({ kind: 'refused', reason: 'expired', message: 'Local pictures are drawn at once and have no queue.', charged: 'no' }),
    cancel: () => Promise.resolve('too_late'),
  };
}

const invalid = (field: string, message: string): RenderProgress => ({
  kind: 'refused',
  reason: 'invalid',
  field,
  message: `${field} ${message}`,
  charged: 'no',
});
