import type { RenderState } from '#shared/vocabulary.ts';

interface RenderProgressWords {
  readonly state: RenderState;
  readonly vendorName: string;
  /** It holds one of the vendor's places. */
  readonly isAdmitted: boolean;
  readonly isRunning: boolean;
  /** From 0. */
  readonly queuePosition: number | null;
  readonly makes: 'image' | 'video';
}

/** What is being done with a render, in words; null when it is finished. */
export function renderDoing({ state, vendorName, isAdmitted, isRunning, queuePosition, makes }: RenderProgressWords): string | null {
  const drawing = makes === 'video' ? `${vendorName} is making the video` : `${vendorName} is drawing`;
  if (state === 'queued') return isAdmitted ? 'Starting' : `Waiting for a free place at ${vendorName}`;
  if (state === 'sending') return drawing;
  if (state === 'storing') return makes === 'video' ? 'Storing the video' : 'Storing the picture';
  if (state !== 'waiting') return null;
  if (isRunning) return drawing;
  if (queuePosition === null) return `In the queue of ${vendorName}`;
  return queuePosition === 0 ? `Next in the queue of ${vendorName}` : `${queuePosition} before it in the queue of ${vendorName}`;
}
