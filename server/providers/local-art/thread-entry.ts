import { drawArt } from '#shared/domain/covers/art/draw-art.ts';
import type { ArtDetails, ArtRequest } from '#shared/domain/covers/art/draw-art.ts';
import { paintList } from '#shared/domain/covers/art/painting/paint-list.ts';
import { createCanvas } from '@napi-rs/canvas';
import { parentPort } from 'node:worker_threads';
import { answerDrawings } from '../drawing-thread.ts';
import { createArtTypeface } from './faces.ts';

/** A picture as PNG, and what is to be said about it. */
export interface PaintedArt {
  readonly bytes: Uint8Array;
  readonly details: ArtDetails;
}

const typeface = createArtTypeface();
answerDrawings(parentPort, (request: ArtRequest): PaintedArt => {
  const canvas = createCanvas(request.size, request.size);
  const { list, ...details } = drawArt(request);
  paintList(canvas.getContext('2d'), list, typeface);
  return { bytes: canvas.encodeSync('png'), details };
});
