import type { RgbPicture } from '#shared/domain/covers/type/rgb-picture.ts';
import type { TypePlan, TypeRequest } from '#shared/domain/covers/type/type-plan.ts';
import { parentPort } from 'node:worker_threads';
import { answerDrawings } from '../drawing-thread.ts';
import { drawOver, drawSvg } from './draw-plan.ts';
import { drawAttempt } from './set-type.ts';
import type { DrawnType } from './set-type.ts';
import { createTypeFaces } from './type-faces.ts';

/** What the thread is asked. */
export type TypeTask =
  | { readonly kind: 'attempt'; readonly picture: RgbPicture; readonly request: TypeRequest; readonly number: number }
  | { readonly kind: 'draw'; readonly picture: RgbPicture; readonly plan: TypePlan }
  | { readonly kind: 'svg'; readonly plan: TypePlan; readonly side: number };
export type TypeResult = DrawnType | RgbPicture | string | undefined;

const faces = createTypeFaces();
answerDrawings(parentPort, run);

function run(task: TypeTask): TypeResult {
  if (task.kind === 'attempt') return drawAttempt(task.picture, task.request, { number: task.number, faces });
  return task.kind === 'draw' ? drawOver(task.picture, task.plan, faces) : drawSvg(task.plan, task.side, faces);
}
