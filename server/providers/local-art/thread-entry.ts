import { drawArt } from '#shared/domain/covers/art/draw-art.ts';
import type { ArtDetails, ArtRequest } from '#shared/domain/covers/art/draw-art.ts';
import { createCanvas } from '@napi-rs/canvas';
import { parentPort } from 'node:worker_threads';
import { answerDrawings } from '../drawing-thread.ts';
import { createArtFaces } from './faces.ts';
import { paintList } from './paint-list.ts';

/** A picture as PNG, and what is to be said about it. */
export interface PaintedArt {
  readonly bytes: Uint8Array;
  readonly details: ArtDetails;
}

const faces = createArtFaces();
answerDrawings(parentPort, (request: ArtRequest): PaintedArt => {
  const canvas = createCanvas(request.size, request.size);
  const { list, ...details } = drawArt(request);
  paintList(canvas.getContext('2d'), list, faces);
  return { bytes: canvas.encodeSync('png'), details };
});
