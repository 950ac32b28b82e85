import { drawArt } from '#shared/domain/covers/art/draw-art.ts';
import type { ArtRequest } from '#shared/domain/covers/art/draw-art.ts';
import { createCanvas } from '@napi-rs/canvas';
import { parentPort } from 'node:worker_threads';
import { createArtFaces } from './faces.ts';
import { paintList } from './paint-list.ts';

/** What the thread is sent and what it answers: a request with its number, then the PNG or the reason why there is none. */
export interface PaintMessage {
  readonly id: number;
  readonly request: ArtRequest;
}
export type PaintAnswer = { readonly id: number; readonly png: Uint8Array } | { readonly id: number; readonly failure: string };

const faces = createArtFaces();
parentPort?.on('message', ({ id, request }: PaintMessage) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(answer(id, request));
});

function answer(id: number, request: ArtRequest): PaintAnswer {
  try {
    const canvas = createCanvas(request.size, request.size);
    paintList(canvas.getContext('2d'), drawArt(request).list, faces);
    return { id, png: canvas.encodeSync('png') };
  } catch (error) {
    return { id, failure: error instanceof Error ? error.message : String(error) };
  }
}
