import type { RgbPicture } from '#shared/domain/covers/type/rgb-picture.ts';
import type { TypePlan, TypeReport, TypeRequest } from '#shared/domain/covers/type/type-plan.ts';
import { parentPort } from 'node:worker_threads';
import { answerDrawings } from '../drawing-thread.ts';
import { drawOver, drawSvg } from './draw-plan.ts';
import { reportType } from './report-type.ts';
import { drawAttempts } from './set-type.ts';
import type { DrawnType } from './set-type.ts';
import { createTypeFaces } from './type-faces.ts';

/** One title on one picture. */
export interface TypeSession {
  readonly id: number;
  readonly picture: RgbPicture;
  readonly request: TypeRequest;
}

/** What the thread is asked. Attempts count from 0; a report is about the attempt with its number, as decoded from its JPEG. */
export type TypeTask =
  | { readonly kind: 'attempt'; readonly session: TypeSession; readonly number: number }
  | { readonly kind: 'report'; readonly session: TypeSession; readonly number: number; readonly decoded: RgbPicture }
  | { readonly kind: 'draw'; readonly picture: RgbPicture; readonly plan: TypePlan }
  | { readonly kind: 'svg'; readonly plan: TypePlan; readonly side: number };
export type TypeAttempt = Pick<DrawnType, 'plan' | 'seen'>;
export type TypeResult = TypeAttempt | TypeReport | RgbPicture | string | undefined;

/** Sessions whose plans are remembered. A forgotten one is planned again, with the same result. */
const REMEMBERED_MAX = 6;

interface Remembered {
  readonly attempts: Generator<DrawnType, undefined>;
  drawn: DrawnType | undefined;
  number: number;
}

const faces = createTypeFaces();
const sessions = new Map<number, Remembered>();
answerDrawings(parentPort, run);

function run(task: TypeTask): TypeResult {
  if (task.kind === 'draw') return drawOver(task.picture, task.plan, faces);
  if (task.kind === 'svg') return drawSvg(task.plan, task.side, faces);
  const drawn = attemptOf(task.session, task.number);
  if (task.kind === 'report') return drawn && reportType(drawn, task.decoded);
  return drawn && { plan: drawn.plan, seen: drawn.seen };
}

function attemptOf({ id, picture, request }: TypeSession, number: number): DrawnType | undefined {
  const known = sessions.get(id);
  const session = known && known.number <= number ? known : { attempts: drawAttempts(picture, request, faces), drawn: undefined, number: -1 };
  sessions.delete(id);
  sessions.set(id, session);
  for (const oldest of [...sessions.keys()].slice(0, -REMEMBERED_MAX)) sessions.delete(oldest);
  while (session.number < number) {
    session.drawn = session.attempts.next().value;
    session.number += 1;
  }
  return session.drawn;
}
