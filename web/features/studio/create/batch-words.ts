import type { RenderView, RenderedAsset } from '#shared/contracts/studio/render-views.ts';
import { capitalize, numberInWords } from '#web/lib/words.ts';
import { isOpenRender } from '../renders/render-words.ts';

/** A file of a batch with its render, or a render that has none. */
export interface BatchItem {
  readonly render: RenderView;
  readonly asset: RenderedAsset | undefined;
}

/** Every file of the renders in their order, and every render that has no file. */
export function batchItems(renders: readonly RenderView[]): readonly BatchItem[] {
  return renders.flatMap((render): BatchItem[] =>
    render.assets.length === 0 ? [{ render, asset: undefined }] : render.assets.map((asset) => ({ render, asset })),
  );
}

/** The state of a batch as a sentence or two: “Two of five are ready. One failed.” */
export function batchHeadline(renders: readonly RenderView[]): string {
  const all = renders.length;
  const ready = renders.filter(({ state }) => state === 'done').length;
  const open = renders.filter(isOpenRender).length;
  const canceled = renders.filter(({ state }) => state === 'canceled').length;
  const failed = all - ready - open - canceled;
  if (all === 0) return 'What do you want to see?';
  const sentences = [
    all === 1 ? (ready === 1 ? 'Ready.' : open === 1 ? 'Being rendered.' : '') : readySentence(ready, all),
    all === 1 && failed === 1 ? 'It failed.' : failed > 0 ? `${capitalize(numberInWords(failed))} failed.` : '',
    all === 1 && canceled === 1 ? 'Canceled.' : canceled > 0 ? `${capitalize(numberInWords(canceled))} canceled.` : '',
  ];
  return sentences.filter(Boolean).join(' ');
}

function readySentence(ready: number, all: number): string {
  if (ready === all) return all === 2 ? 'Both are ready.' : `All ${numberInWords(all)} are ready.`;
  if (ready === 0) return `None of ${numberInWords(all)} is ready.`;
  return `${capitalize(numberInWords(ready))} of ${numberInWords(all)} ${ready === 1 ? 'is' : 'are'} ready.`;
}

/** What was charged so far and what all of it was estimated at, in millionths of a dollar. */
export function batchCost(renders: readonly RenderView[]): { readonly charged: number; readonly estimate: number } {
  return {
    charged: renders.reduce((sum, { chargeUsdMicros }) => sum + (chargeUsdMicros ?? 0), 0),
    estimate: renders.reduce((sum, { estimateUsdMicros }) => sum + estimateUsdMicros, 0),
  };
}

/** Seconds from the request to the end, or to now. */
export function secondsOfRender({ createdAt, finishedAt }: Pick<RenderView, 'createdAt' | 'finishedAt'>, nowMs: number): number {
  return Math.max(0, ((finishedAt === null ? nowMs : Date.parse(finishedAt)) - Date.parse(createdAt)) / 1000);
}
