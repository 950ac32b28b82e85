import type { Actor } from '#server/actor.ts';
import type { Deps } from '#server/deps.ts';
import { prepareRender } from '#server/use-cases/studio/renders/prepare-render.ts';
import type { PreparedRender } from '#server/use-cases/studio/renders/prepare-render.ts';
import { BATCH_RENDERS_MAX } from '#shared/contracts/studio/batches.ts';
import type { EstimateBatchInput } from '#shared/contracts/studio/batches.ts';
import { AppError } from '#shared/errors.ts';

/** A part of a batch whose model, values and pictures are valid. */
interface PreparedPart {
  readonly prepared: PreparedRender;
  readonly copies: number;
}

/** Checks every part of a batch as a single request is checked. Throws what that throws, and `invalid_input` for too many renders. */
export async function prepareBatch(
  deps: Pick<Deps, 'db' | 'now' | 'models' | 'renderVendors'>,
  actor: Actor,
  { task, values: shared, parts }: EstimateBatchInput,
): Promise<readonly PreparedPart[]> {
  const renders = parts.reduce((sum, { copies }) => sum + copies, 0);
  if (renders > BATCH_RENDERS_MAX)
    throw new AppError('invalid_input', {
      message: `These are ${renders} renders; one request has at most ${BATCH_RENDERS_MAX}.`,
      field: 'parts',
      remedy: 'Choose fewer models or values, and request the others afterwards.',
    });
  const prepared: PreparedPart[] = [];
  for (const { model, values: own, without, copies } of parts) {
    const values = Object.fromEntries(Object.entries({ ...shared, ...own }).filter(([id]) => !without.includes(id)));
    prepared.push({ prepared: await prepareRender(deps, actor, { model, task, values }), copies });
  }
  return prepared;
}
