import type { RgbPicture } from '#shared/domain/covers/type/rgb-picture.ts';
import type { TypePlan, TypeRequest } from '#shared/domain/covers/type/type-plan.ts';
import { AppError } from '#shared/errors.ts';
import type { ErrorCode } from '#shared/errors.ts';
import { parentPort } from 'node:worker_threads';
import { drawOver, drawSvg } from './draw-plan.ts';
import { drawAttempt } from './set-type.ts';
import type { DrawnType } from './set-type.ts';
import { createTypeFaces } from './type-faces.ts';

/** What the thread is asked, and its answer: the result, or the error in parts, because an error's class does not survive the way between threads. */
export type TypeTask =
  | { readonly kind: 'attempt'; readonly picture: RgbPicture; readonly request: TypeRequest; readonly number: number }
  | { readonly kind: 'draw'; readonly picture: RgbPicture; readonly plan: TypePlan }
  | { readonly kind: 'svg'; readonly plan: TypePlan; readonly side: number };
export interface TypeMessage {
  readonly id: number;
  readonly task: TypeTask;
}
export type TypeResult = DrawnType | RgbPicture | string | undefined;
export type TypeAnswer =
  | { readonly id: number; readonly result: TypeResult }
  | {
      readonly id: number;
      readonly failure: {
        readonly message: string;
        readonly code?: ErrorCode;
        readonly remedy?: string | undefined;
        readonly field?: string | undefined;
      };
    };

const faces = createTypeFaces();
parentPort?.on('message', ({ id, task }: TypeMessage) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(answer(id, task));
});

function answer(id: number, task: TypeTask): TypeAnswer {
  try {
    return { id, result: run(task) };
  } catch (error) {
    if (!(error instanceof AppError)) return { id, failure: { message: error instanceof Error ? error.message : String(error) } };
    return { id, failure: { message: error.message, code: error.code, remedy: error.remedy, field: error.field } };
  }
}

function run(task: TypeTask): TypeResult {
  if (task.kind === 'attempt') return drawAttempt(task.picture, task.request, { number: task.number, faces });
  return task.kind === 'draw' ? drawOver(task.picture, task.plan, faces) : drawSvg(task.plan, task.side, faces);
}
