import { drawArt } from '#shared/domain/covers/art/draw-art.ts';
import type { ArtRequest } from '#shared/domain/covers/art/draw-art.ts';
import { createCanvas } from '@napi-rs/canvas';
import { parentPort } from 'node:worker_threads';
import { answerDrawings } from '../drawing-thread.ts';
import { createArtFaces } from './faces.ts';
import { paintList } from './paint-list.ts';

const faces = createArtFaces();
answerDrawings(parentPort, (request: ArtRequest): Uint8Array => {
  const canvas = createCanvas(request.size, request.size);
  paintList(canvas.getContext('2d'), drawArt(request).list, faces);
  return canvas.encodeSync('png');
});
